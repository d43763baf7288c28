import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ScenarioDocument } from '../../../../../src/shared/scenario/schema';
import { createCertificate, type KeyPair } from '../../../../support/certificates';
import { ProxyServer } from '../../../../support/proxy-server';
import { RawServer } from '../../../../support/raw-server';
import { HttpRig, startServer } from './http-rig';

let pair: KeyPair;
const open: { close(): unknown }[] = [];

beforeAll(async () => {
  pair = await createCertificate({ name: 'localhost' });
});
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

function rigFor(
  target: ScenarioDocument['target'],
  options: { shard?: number; shardCount?: number; mayTest?: string[] } = {},
): HttpRig {
  const rig = new HttpRig({ target: { tls: { caFile: 'ca' }, ...target }, pem: { ca: pair.cert }, ...options });
  open.push(rig);
  return rig;
}

async function serve(...args: Parameters<typeof startServer>) {
  const server = await startServer(...args);
  open.push(server);
  return server;
}

async function proxyServer(options?: Parameters<typeof ProxyServer.listen>[0]): Promise<ProxyServer> {
  const proxy = await ProxyServer.listen(options);
  open.push(proxy);
  return proxy;
}

describe('HTTP/2', () => {
  it('is refused without TLS', () => {
    expect(() => rigFor({ baseUrl: 'http://127.0.0.1:8090', http: '2' })).toThrow(
      'HTTP/2 needs an https target, but baseUrl is http://127.0.0.1:8090: use https, or set "http" to "1.1".',
    );
  });

  it('is not replaced by HTTP/1.1 behind the back', async () => {
    const server = await serve(() => ({}), { kind: 'https', pair });
    const { exchange } = await rigFor({ baseUrl: server.url, http: '2' }).send({ path: '/' });
    expect(exchange.error).toBe('TlsError: alert no application protocol');
    expect(server.seen).toHaveLength(0);
  });

  it('opens more shared connections only when streams run out, and not more than the pool has', async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const server = await serve(() => gate.then(() => ({})), { kind: 'h2', pair });
    const rig = rigFor({ baseUrl: server.url, http: '2', connection: 'shared', poolSize: 2 });
    const compiled = rig.compile({ path: '/' });
    const nodes = Array.from({ length: 230 }, (_, index) => rig.openNode(index));
    const all = Promise.all(nodes.map((node) => node.send(compiled)));
    await expect.poll(() => server.seen.length, { timeout: 10_000 }).toBe(200);
    expect(server.connections).toBe(2);
    release();
    const sent = await all;
    expect(sent.filter(({ exchange }) => exchange.error !== null)).toEqual([]);
    expect(server.seen).toHaveLength(230);
    expect(server.connections).toBe(2);
    // 30 waited for a stream; of the rest all but the two that opened a connection waited for it to be open.
    expect(sent.filter(({ exchange }) => exchange.grantedUs > 0)).toHaveLength(228);
    expect(sent.filter(({ exchange }) => exchange.connectUs >= 0)).toHaveLength(2);
  });

  it('gives up one stream without the others', async () => {
    const server = await serve(({ url }) => (url === '/slow' ? null : {}), { kind: 'h2', pair });
    const rig = rigFor({ baseUrl: server.url, http: '2', connection: 'shared', poolSize: 1 });
    const [first, second, third] = [rig.openNode(0), rig.openNode(1), rig.openNode(2)];
    await first.send(rig.compile({ path: '/' }));
    void second.send(rig.compile({ path: '/slow' }));
    const timed = third.send(rig.compile({ path: '/slow', timeoutMs: 80 }));
    await expect.poll(() => server.seen.length).toBe(3);
    second.channel.abort();
    expect((await timed).exchange.error).toBe('ResponseTimeout');
    expect((await first.send(rig.compile({ path: '/' }))).exchange).toMatchObject({ error: null, connectUs: -1 });
    expect(server.connections).toBe(1);
  });

  it('connects anew when the server closed an idle connection', async () => {
    const server = await serve(
      (_seen, response) => {
        const { session } = (response as unknown as { stream: { session: { close(): void } } }).stream;
        // GOAWAY, as a server says that is told to stop.
        setTimeout(() => session.close(), 5);
        return {};
      },
      { kind: 'h2', pair },
    );
    const rig = rigFor({ baseUrl: server.url, http: '2' });
    const node = rig.openNode();
    for (let i = 0; i < 3; i++) {
      expect((await node.send(rig.compile({ path: '/' }))).exchange.error).toBe(null);
      await expect.poll(() => rig.transport.openSockets).toBe(0);
    }
    expect(server.connections).toBe(3);
  });
});

describe('proxy', () => {
  it('gets whole URLs for http, with its credentials', async () => {
    const [server, proxy] = [await serve(() => ({ body: 'ok' })), await proxyServer()];
    const rig = rigFor({ baseUrl: server.url, proxy: `http://us%40er:p%3Aw@127.0.0.1:${proxy.port}` });
    const { exchange } = await rig.send({ path: '/a?b=1' });
    expect(exchange).toMatchObject({ error: null, status: 200, bodyBytes: 2 });
    expect(proxy.forwarded).toEqual([`${server.url}/a?b=1`]);
    expect(proxy.authorizations).toEqual([`Basic ${Buffer.from('us@er:p:w').toString('base64')}`]);
    expect(server.seen[0]).toMatchObject({ url: '/a?b=1', headers: { host: `127.0.0.1:${server.port}` } });
  });

  it('opens tunnels for https, with its credentials, for HTTP/2 as well', async () => {
    for (const [kind, http] of [
      ['https', 'auto'],
      ['h2', '2'],
    ] as const) {
      const [server, proxy] = [await serve(() => ({}), { kind, pair }), await proxyServer()];
      const rig = rigFor({ baseUrl: server.url, http, proxy: `http://u:p@127.0.0.1:${proxy.port}` });
      const { exchange } = await rig.send({ path: '/' });
      expect(exchange).toMatchObject({ error: null, status: 200 });
      expect(proxy.tunnels).toEqual([`127.0.0.1:${server.port}`]);
      expect(proxy.authorizations).toEqual([`Basic ${Buffer.from('u:p').toString('base64')}`]);
      expect(server.seen[0]?.headers['proxy-authorization']).toBe(undefined);
      expect(server.seen[0]?.httpVersion).toBe(kind === 'h2' ? '2.0' : '1.1');
    }
  });

  it('names a refused tunnel', async () => {
    const [server, proxy] = [await serve(() => ({}), { kind: 'https', pair }), await proxyServer({ refuseTunnel: 407 })];
    const { exchange } = await rigFor({ baseUrl: server.url, proxy: `http://127.0.0.1:${proxy.port}` }).send({ path: '/' });
    expect(exchange).toMatchObject({ error: 'ProxyError: HTTP 407', errorDetail: 'the proxy answered CONNECT with status 407' });
  });

  it('names a proxy that is none, and one that is not there', async () => {
    const noProxy = await RawServer.listen((_request, socket) => socket.end('SMTP ready\r\n\r\n'));
    open.push(noProxy);
    const baseUrl = 'https://127.0.0.1:1';
    const odd = await rigFor({ baseUrl, proxy: `http://127.0.0.1:${noProxy.port}` }).send({ path: '/' });
    expect(odd.exchange.error).toBe('ProxyError: malformed answer');
    const gone = await rigFor({ baseUrl, proxy: 'http://127.0.0.1:1' }).send({ path: '/' });
    expect(gone.exchange.error).toBe('ConnectionRefused');
    expect(() => rigFor({ baseUrl, proxy: 'proxy:3128' })).toThrow('"proxy:3128" is not a proxy URL such as');
  });

  it('is asked again, on a new connection, when it closed an idle one', async () => {
    const proxy = await RawServer.listen((request, socket) => {
      if (request.index > 0) socket.destroy();
      else socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
    });
    open.push(proxy);
    const rig = rigFor(
      { baseUrl: 'http://target.invalid', proxy: `http://127.0.0.1:${proxy.port}` },
      { mayTest: ['target.invalid'] },
    );
    const node = rig.openNode();
    expect((await node.send(rig.compile({ path: '/' }))).exchange.resent).toBe(0);
    const { exchange } = await node.send(rig.compile({ method: 'POST', path: '/' }));
    expect(exchange).toMatchObject({ error: null, status: 200, resent: 1 });
    expect(exchange.connectUs).toBeGreaterThan(0);
    expect(proxy.requests.map(({ method, connection }) => [method, connection])).toEqual([
      ['GET', 0],
      ['POST', 0],
      ['POST', 1],
    ]);
  });

  it('may break protocol and connection', async () => {
    let bytes = '';
    const proxy = await RawServer.listen((_request, socket) => socket.end(bytes));
    open.push(proxy);
    const rig = rigFor(
      { baseUrl: 'http://target.invalid', proxy: `http://127.0.0.1:${proxy.port}` },
      { mayTest: ['target.invalid'] },
    );
    const errorFor = async (answer: string) => {
      bytes = answer;
      return (await rig.send({ path: '/' })).exchange.error;
    };
    expect(await errorFor('nonsense\r\n\r\n')).toBe('MalformedResponse: invalid answer');
    expect(await errorFor('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc')).toBe('ConnectionReset');
    expect(await errorFor('')).toBe('ConnectionReset');
    expect(await errorFor('HTTP/1.1 200 OK\r\n\r\nuntil the end')).toBe(null);
    expect(await errorFor('HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n')).toBe(null);
  });
});

it('divides the pool among the shards, at least one each', async () => {
  const server = await serve(async () => {
    await sleep(20);
    return {};
  });
  const opened: number[] = [];
  for (const shard of [0, 1, 2]) {
    const before = server.connections;
    const rig = rigFor({ baseUrl: server.url, connection: 'shared', poolSize: 4 }, { shard, shardCount: 3 });
    const compiled = rig.compile({ path: '/' });
    await Promise.all([0, 1, 2, 3].map((index) => rig.openNode(index).send(compiled)));
    opened.push(server.connections - before);
  }
  expect(opened).toEqual([2, 1, 1]);
});
