import { afterEach, describe, expect, it } from 'vitest';
import type { ScenarioDocument } from '../../src/shared/scenario/schema';
import { HttpRig, startServer } from '../main/swarm/transport/http/http-rig';
import { createCertificate } from '../support/certificates';
import { HttpLogServer } from '../support/http-log-server';
import { ProxyServer } from '../support/proxy-server';
import { finishedRun, smallScenario } from '../support/swarm-run';

// A backend leads nodes to hosts that nobody confirmed. 203.0.113.0/24 and 2001:db8::/32 are addresses of documentation; nothing is
// sent to them, because the connection is refused before it is begun.

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

const FOREIGN = ['http://203.0.113.7/', 'https://[2001:db8::7]/x', 'http://[::ffff:203.0.113.7]/', 'http://3405803783/'];

describe('a redirect to the host of somebody else', () => {
  it('fails the request in a whole run, and names the host', async () => {
    let next = 0;
    const server = await HttpLogServer.start((_request, response) => {
      response.writeHead(307, { location: FOREIGN[next++ % FOREIGN.length] }).end();
    });
    open.push({ close: () => server.stop() });
    const document = smallScenario(server.url, {
      load: { nodes: 4, spawnRate: 100, durationSeconds: 1 },
      nodeTypes: [
        {
          name: 'node',
          wait: { kind: 'constant', seconds: 0.2 },
          tasks: [{ name: 'get', steps: [{ request: { path: '/', followRedirects: true } }] }],
        },
      ],
    });
    const { data } = await finishedRun(document);
    expect(data.failures.map(({ error }) => error)).toEqual(['NotAllowed']);
    const { started, failed } = data.totals.select(null);
    expect(started).toBeGreaterThan(4);
    expect(failed).toBe(started);
    expect(server.requests).toHaveLength(started);
    const [first] = data.failures[0]?.samples ?? [];
    expect(first?.detail).toMatch(
      / is neither this machine nor in a private network, and was not confirmed .* \(after 1 redirect\)$/,
    );
  });

  it.each(['wire, shared', 'undici, HTTP/2', 'behind a proxy', 'behind a proxy, TLS'])('%s', async (client) => {
    const pair = await createCertificate({ name: 'localhost' });
    const kind = client.includes('HTTP/2') ? 'h2' : client.includes('TLS') ? 'https' : 'http';
    let location = '';
    const server = await startServer(() => ({ status: 302, headers: { location } }), { kind, pair });
    open.push(server);
    const proxy = await ProxyServer.listen();
    open.push(proxy);
    const target: ScenarioDocument['target'] = {
      baseUrl: server.url,
      ...(kind === 'http' ? {} : { tls: { caFile: 'ca' } }),
      ...(kind === 'h2' ? { http: '2' } : {}),
      ...(client.includes('shared') ? { connection: 'shared', poolSize: 2 } : {}),
      ...(client.includes('proxy') ? { proxy: `http://127.0.0.1:${proxy.port}` } : {}),
    };
    const request = { path: '/', followRedirects: true };
    const rig = new HttpRig({ target, requests: [request], pem: { ca: pair.cert } });
    open.push(rig);
    for (const foreign of FOREIGN) {
      location = foreign;
      expect((await rig.send(request)).exchange.error).toBe('NotAllowed');
    }
    const asked = [...proxy.forwarded, ...proxy.tunnels].filter((place) => /203|2001|ffff|3405/.test(place));
    expect(asked).toEqual([]);
  });
});
