import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ScenarioDocument } from '../../../../../src/shared/scenario/schema';
import { createCertificate, type KeyPair } from '../../../../support/certificates';
import { ProxyServer } from '../../../../support/proxy-server';
import {
  HttpRig,
  type RequestInput,
  type Respond,
  type RigOptions,
  type ServerOptions,
  startServer,
  type TestServer,
} from './http-rig';

type TargetInput = Partial<ScenarioDocument['target']>;

/** The ways to the backend: each client, plain and over TLS. */
const WAYS: { way: string; kind: ServerOptions['kind']; proxied: boolean; target: TargetInput }[] = [
  { way: 'wire, http', kind: 'http', proxied: false, target: {} },
  { way: 'wire, https', kind: 'https', proxied: false, target: {} },
  { way: 'undici, HTTP/2', kind: 'h2', proxied: false, target: { http: '2' } },
  { way: 'undici, http through a proxy', kind: 'http', proxied: true, target: {} },
  { way: 'undici, https through a proxy', kind: 'https', proxied: true, target: {} },
];

let pair: KeyPair;
let proxy: ProxyServer;
const open: { close(): unknown }[] = [];

beforeAll(async () => {
  pair = await createCertificate({ name: 'localhost' });
  proxy = await ProxyServer.listen();
});
afterAll(() => proxy.close());
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

describe.each(WAYS)('$way', ({ kind, proxied, target }) => {
  async function serve(respond: Respond): Promise<TestServer> {
    const server = await startServer(respond, { kind, pair });
    open.push(server);
    return server;
  }

  function rigFor(baseUrl: string, more: Omit<RigOptions, 'target'> & { target?: TargetInput } = {}): HttpRig {
    const { target: own, ...options } = more;
    const rig = new HttpRig({
      ...options,
      target: {
        baseUrl,
        tls: { caFile: 'ca.pem' },
        ...(proxied ? { proxy: `http://127.0.0.1:${proxy.port}` } : {}),
        ...target,
        ...own,
      },
      pem: { 'ca.pem': pair.cert },
    });
    open.push(rig);
    return rig;
  }

  async function sendTo(respond: Respond, request: RequestInput, more: Parameters<typeof rigFor>[1] = {}) {
    const server = await serve(respond);
    const rig = rigFor(server.url, { requests: [request], ...more });
    const sent = await rig.send(request);
    return { ...sent, server, rig };
  }

  it('sends every byte and header, and counts what comes back', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    const { exchange, server } = await sendTo(({ body }) => ({ status: 201, body: Buffer.concat([body, body]) }), {
      method: 'POST',
      path: '/x?y=1',
      headers: { 'X-Own': 'ä' },
      body: { kind: 'base64', data: bytes.toString('base64') },
    });
    const [seen] = server.seen;
    expect(seen).toMatchObject({ method: 'POST', url: '/x?y=1', httpVersion: kind === 'h2' ? '2.0' : '1.1' });
    expect(seen?.body.equals(bytes)).toBe(true);
    expect(seen?.headers['content-length']).toBe('256');
    expect(seen?.headers['user-agent']).toMatch(/^nodeswarm\//);
    expect(Buffer.from(String(seen?.headers['x-own']), 'latin1').toString('utf8')).toBe('ä');
    expect(seen?.headers[kind === 'h2' ? ':authority' : 'host']).toBe(`127.0.0.1:${server.port}`);
    expect(exchange).toMatchObject({ status: 201, error: null, bodyBytes: 512, resent: 0, responseHead: '', responseBody: null });
  });

  it('reports the times of a request and of its connect', async () => {
    const server = await serve(async () => {
      await sleep(20);
      return { body: 'x'.repeat(1000) };
    });
    const rig = rigFor(server.url);
    const node = rig.openNode();
    const compiled = rig.compile({ path: '/' });
    const beganUs = rig.clock.nowUs();
    const first = { ...(await node.send(compiled)).exchange };
    expect(first.sentUs).toBeGreaterThanOrEqual(beganUs);
    expect(first.connectUs).toBeGreaterThan(0);
    if (kind === 'http') expect(first.tlsUs).toBe(-1);
    else expect(first.tlsUs).toBeGreaterThan(0);
    expect(first.tlsUs).toBeLessThanOrEqual(first.connectUs);
    expect(first.firstByteUs).toBeGreaterThanOrEqual(first.sentUs + first.connectUs + 19_000);
    expect(first.doneUs).toBeGreaterThanOrEqual(first.firstByteUs);
    expect(first.doneUs).toBeLessThanOrEqual(rig.clock.nowUs());
    const second = { ...(await node.send(compiled)).exchange };
    expect(second).toMatchObject({ connectUs: -1, tlsUs: -1, error: null });
    expect(second.sentUs).toBeGreaterThanOrEqual(first.doneUs);
    expect(server.seen.map(({ connection }) => connection)).toEqual([0, 0]);
    expect(rig.transport.openSockets).toBe(1);
    node.channel.close();
    await expect.poll(() => rig.transport.openSockets).toBe(0);
  });

  it('gives each node a connection of its own', async () => {
    const server = await serve(() => ({}));
    const rig = rigFor(server.url);
    const compiled = rig.compile({ path: '/' });
    const nodes = [0, 1, 2].map((index) => rig.openNode(index));
    for (let round = 0; round < 2; round++) await Promise.all(nodes.map((node) => node.send(compiled)));
    expect(server.seen).toHaveLength(6);
    expect(new Set(server.seen.map(({ connection }) => connection)).size).toBe(3);
  });

  it('opens a new connection each time without keep-alive', async () => {
    const server = await serve(() => ({}));
    const rig = rigFor(server.url, { target: { keepAlive: false } });
    const node = rig.openNode();
    const compiled = rig.compile({ path: '/' });
    for (let i = 0; i < 3; i++) {
      const { exchange } = await node.send(compiled);
      expect(exchange.error).toBe(null);
      expect(exchange.connectUs).toBeGreaterThan(0);
    }
    expect(server.seen.map(({ connection }) => connection)).toEqual([0, 1, 2]);
    await expect.poll(() => rig.transport.openSockets).toBe(0);
  });

  it('shares a pool', async () => {
    let running = 0;
    let most = 0;
    const server = await serve(async () => {
      most = Math.max(most, ++running);
      await sleep(30);
      running--;
      return {};
    });
    const rig = rigFor(server.url, { target: { connection: 'shared', poolSize: 2 } });
    const compiled = rig.compile({ path: '/' });
    const nodes = Array.from({ length: 6 }, (_, index) => rig.openNode(index));
    // The first opens the connection, so that HTTP/2 knows how many streams it may use.
    await (nodes[0] as (typeof nodes)[0]).send(compiled);
    const sent = await Promise.all(nodes.map((node) => node.send(compiled)));
    expect(sent.map(({ exchange }) => exchange.error)).toEqual(Array(6).fill(null));
    // HTTP/2 multiplexes one connection; HTTP/1.1 has as many requests at a time as connections.
    expect(server.connections).toBe(kind === 'h2' ? 1 : 2);
    expect(most).toBe(kind === 'h2' ? 6 : 2);
    const granted = sent.map(({ exchange }) => exchange.grantedUs);
    expect(granted.filter((us) => us === 0)).toHaveLength(kind === 'h2' ? 6 : 2);
    for (const { exchange } of sent) expect(exchange.grantedUs).toBeLessThanOrEqual(exchange.sentUs);
  });

  it('answers without a body', async () => {
    for (const [method, status] of [
      ['HEAD', 200],
      ['GET', 204],
      ['GET', 304],
    ] as const) {
      const { exchange } = await sendTo(() => ({ status }), { method, path: '/' });
      expect(exchange).toMatchObject({ status, error: null, bodyBytes: 0 });
    }
  });

  it('keeps the connection over a HEAD request', async () => {
    const server = await serve(() => ({ headers: { 'content-length': '10' } }));
    const rig = rigFor(server.url);
    const node = rig.openNode();
    for (const method of ['HEAD', 'HEAD'] as const) await node.send(rig.compile({ method, path: '/' }));
    expect(server.connections).toBe(1);
  });

  it('keeps head and first 4 KB of an unexpected answer, all of one that is looked at', async () => {
    const body = 'ä'.repeat(5000);
    const answer = () => ({ status: 503, headers: { 'x-one': ['1', '2'] }, body });
    const { exchange, compiled } = await sendTo(answer, { path: '/' });
    expect(exchange).toMatchObject({ error: 'HTTP 503', errorDetail: 'expected status 2xx or 3xx, got 503', bodyBytes: 10_000 });
    expect(exchange.responseBody?.length).toBe(4096);
    const described = compiled.describe(exchange);
    expect(described.status).toBe(503);
    expect(described.responseHead).toMatch(kind === 'h2' ? /^HTTP\/2 503\r\n/ : /^HTTP\/1\.1 503 Service Unavailable\r\n/);
    expect(described.responseBody).toBe('ä'.repeat(2048));
    expect(described.requestHead).toContain(kind === 'h2' ? 'GET / HTTP/2\r\n' : 'GET / HTTP/1.1\r\n');
    const looked = await sendTo(answer, { path: '/', expect: { status: [503], bodyContains: 'ä' } });
    expect(looked.exchange.error).toBe(null);
    expect(looked.exchange.responseBody?.toString('utf8')).toBe(body);
  });

  it('reads compressed bodies and counts their bytes as received', async () => {
    const body = gzipSync('{"token":"t-1"}');
    const { exchange, compiled, scope, rig } = await sendTo(() => ({ headers: { 'content-encoding': 'gzip' }, body }), {
      path: '/',
      extract: [{ variable: 'token', jsonPath: '$.token' }],
    });
    compiled.extract(exchange, scope);
    expect(scope.get(rig.program.variableSlot('token'))).toBe('t-1');
    expect(exchange.bodyBytes).toBe(body.length);
  });

  it('follows redirects and keeps cookies along the way', async () => {
    const { exchange, server } = await sendTo(
      ({ url }) =>
        url === '/start'
          ? { status: 302, headers: { location: '/next?a=1', 'set-cookie': 'sid=1; Path=/' }, body: 'moved' }
          : { body: 'here' },
      { method: 'POST', path: '/start', body: { kind: 'text', text: 'x' }, followRedirects: true },
      { target: { cookies: true } },
    );
    expect(exchange).toMatchObject({ status: 200, error: null, bodyBytes: 9 });
    const [, second] = server.seen;
    expect(second).toMatchObject({ method: 'GET', url: '/next?a=1' });
    expect(second?.headers.cookie).toBe('sid=1');
    expect(second?.headers['content-type']).toBe(undefined);
  });

  it('times out, and the node can go on', async () => {
    const server = await serve(({ url }) => (url === '/slow' ? null : {}));
    const rig = rigFor(server.url);
    const node = rig.openNode();
    const { exchange } = await node.send(rig.compile({ path: '/slow', timeoutMs: 60 }));
    expect(exchange).toMatchObject({ error: 'ResponseTimeout', status: 0, firstByteUs: -1 });
    expect(exchange.doneUs - exchange.sentUs).toBeGreaterThanOrEqual(60_000);
    expect((await node.send(rig.compile({ path: '/' }))).exchange.error).toBe(null);
  });

  it('times out within a body', async () => {
    const { exchange } = await sendTo(
      (_seen, response) => {
        response.write('some');
        return null;
      },
      { path: '/', timeoutMs: 400 },
    );
    expect(exchange).toMatchObject({ error: 'ResponseTimeout', status: 200, bodyBytes: 4 });
  });

  it('names a limit that the answer breaks', async () => {
    const big = await sendTo(() => ({ body: 'x'.repeat(3000) }), { path: '/' }, { target: { maxBodyBytes: 2000 } });
    expect(big.exchange.error).toBe('MalformedResponse: body too large');
    const wide = await sendTo(
      () => ({ headers: { 'x-wide': 'x'.repeat(3000) } }),
      { path: '/' },
      { target: { maxHeaderBytes: 2000 } },
    );
    expect(wide.exchange.error).toBe('MalformedResponse: head too large');
  });

  it('names a connection that breaks', async () => {
    const { exchange } = await sendTo(
      (_seen, response) => {
        (response as unknown as { stream?: { session: { destroy(): void } } }).stream?.session.destroy();
        response.socket?.destroy();
        return null;
      },
      { path: '/' },
    );
    // A proxy tells of it by a status, when it can.
    if (proxied && kind === 'http') expect(exchange.error).toBe('HTTP 502');
    else expect(exchange.error).toBe('ConnectionReset');
    expect(exchange.resent).toBe(0);
  });

  it('gives up an exchange: its owner hears no more of it', async () => {
    const server = await serve(({ url }) => (url === '/slow' ? null : {}));
    const rig = rigFor(server.url);
    const node = rig.openNode();
    let heard = false;
    void node.send(rig.compile({ path: '/slow' })).then(() => {
      heard = true;
    });
    await expect.poll(() => server.seen.length).toBe(1);
    node.channel.abort();
    await expect.poll(() => rig.transport.openSockets).toBe(0);
    expect((await node.send(rig.compile({ path: '/' }))).exchange.error).toBe(null);
    expect(heard).toBe(false);
    expect(server.seen.map(({ url }) => url)).toEqual(['/slow', '/']);
  });

  it('closes everything at once', async () => {
    const server = await serve(({ url }) => (url === '/slow' ? null : {}));
    const rig = rigFor(server.url);
    void rig.openNode(0).send(rig.compile({ path: '/slow' }));
    await rig.openNode(1).send(rig.compile({ path: '/' }));
    await expect.poll(() => server.seen.length).toBe(2);
    rig.transport.destroy();
    await expect.poll(() => rig.transport.openSockets).toBe(0);
  });
});

describe.each(WAYS.filter(({ proxied }) => !proxied))('$way: connecting', ({ kind, target }) => {
  const scheme = kind === 'http' ? 'http' : 'https';

  it('names a refused connection', async () => {
    const listener = createServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const { port } = listener.address() as { port: number };
    listener.close();
    await once(listener, 'close');
    const rig = new HttpRig({ target: { baseUrl: `${scheme}://127.0.0.1:${port}`, ...target } });
    open.push(rig);
    const { exchange } = await rig.send({ path: '/' });
    expect(exchange).toMatchObject({ error: 'ConnectionRefused', connectUs: -1, status: 0 });
    expect(exchange.errorDetail).toContain('ECONNREFUSED');
    expect(exchange.doneUs).toBeGreaterThanOrEqual(exchange.sentUs);
    expect(exchange.sentUs).toBeGreaterThanOrEqual(0);
    await expect.poll(() => rig.transport.openSockets).toBe(0);
  });

  it('names a host that does not exist', async () => {
    const rig = new HttpRig({ target: { baseUrl: `${scheme}://nodeswarm.invalid:1`, ...target } });
    open.push(rig);
    expect((await rig.send({ path: '/' })).exchange.error).toBe('DnsError');
  });
});

describe.each(WAYS.filter(({ proxied, kind }) => !proxied && kind !== 'http'))('$way: TLS', ({ kind, target }) => {
  it('names a certificate that nobody vouches for, and accepts it when told', async () => {
    const server = await startServer(() => ({}), { kind, pair });
    open.push(server);
    const careful = new HttpRig({ target: { baseUrl: server.url, ...target } });
    open.push(careful);
    expect((await careful.send({ path: '/' })).exchange.error).toBe('TlsError: self-signed certificate');
    const insecure = new HttpRig({ target: { baseUrl: server.url, tls: { insecure: true }, ...target } });
    open.push(insecure);
    expect((await insecure.send({ path: '/' })).exchange.error).toBe(null);
  });

  it('times out while connecting', async () => {
    // Accepts, and never says a word of TLS.
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    open.push(silent);
    const { port } = silent.address() as { port: number };
    const rig = new HttpRig({ target: { baseUrl: `https://127.0.0.1:${port}`, connectTimeoutMs: 80, ...target } });
    open.push(rig);
    const { exchange } = await rig.send({ path: '/' });
    expect(exchange.error).toBe('ConnectTimeout');
    expect(exchange.doneUs - exchange.sentUs).toBeGreaterThanOrEqual(80_000);
  });
});
