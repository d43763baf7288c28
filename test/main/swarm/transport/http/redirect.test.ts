import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { ScenarioDocument } from '../../../../../src/shared/scenario/schema';
import { createCertificate } from '../../../../support/certificates';
import { HttpRig, type RequestInput, type Respond, type ServerOptions, startServer, type TestServer } from './http-rig';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function serve(respond: Respond, options?: ServerOptions): Promise<TestServer> {
  const server = await startServer(respond, options);
  open.push(server);
  return server;
}

function rigFor(target: ScenarioDocument['target'], pem: Record<string, string> = {}): HttpRig {
  const rig = new HttpRig({ target, pem, secrets: { MINE: 'sécret 1' }, requests: [{ path: '/', followRedirects: true }] });
  open.push(rig);
  return rig;
}

const start: RequestInput = {
  method: 'POST',
  path: '/start',
  headers: {
    authorization: 'Bearer secret-token',
    cookie: 'own=1',
    'x-api-key': 'key',
    'x-mine': 'v1 {{secret.MINE}}',
    'x-kept': '1',
  },
  body: { kind: 'json', text: '{"a":"ä"}' },
  followRedirects: true,
};

describe.each([
  [301, 'POST', 'GET'],
  [302, 'POST', 'GET'],
  [303, 'POST', 'GET'],
  [303, 'PUT', 'GET'],
  [303, 'HEAD', 'HEAD'],
  [301, 'PUT', 'PUT'],
  [302, 'DELETE', 'DELETE'],
  [307, 'POST', 'POST'],
  [308, 'PATCH', 'PATCH'],
] as const)('%i after %s', (status, method, next) => {
  it(`becomes ${next}`, async () => {
    const server = await serve(({ url }) => (url === '/start' ? { status, headers: { location: 'end?x=ä' } } : {}));
    const hasBody = method !== 'HEAD' && method !== 'DELETE';
    const request: RequestInput = { ...start, method, body: hasBody ? start.body : undefined };
    const { exchange } = await rigFor({ baseUrl: server.url }).send(request);
    expect(exchange).toMatchObject({ error: null, status: 200 });
    const [first, second] = server.seen;
    expect(second).toMatchObject({ method: next, url: '/end?x=%C3%A4' });
    const keepsBody = hasBody && next === method;
    expect(second?.body.equals(keepsBody ? (first?.body as Buffer) : Buffer.alloc(0))).toBe(true);
    expect(second?.headers['content-type']).toBe(keepsBody ? 'application/json' : undefined);
    // The same origin may see them again.
    expect(second?.headers).toMatchObject({
      authorization: 'Bearer secret-token',
      cookie: 'own=1',
      'x-api-key': 'key',
      'x-kept': '1',
    });
  });
});

it('follows nothing unless told, and a redirect is then as expected', async () => {
  const server = await serve(() => ({ status: 302, headers: { location: '/x' } }));
  const rig = rigFor({ baseUrl: server.url });
  for (const followRedirects of [false, 0] as const) {
    const { exchange } = await rig.send({ ...start, followRedirects });
    expect(exchange).toMatchObject({ status: 302, error: null });
  }
  expect(server.seen).toHaveLength(2);
});

it('takes 300, 304 and a redirect to nowhere as answers', async () => {
  const server = await serve(({ url }) => ({ status: Number(url.slice(1)) }));
  const rig = rigFor({ baseUrl: server.url });
  for (const status of [300, 304, 302]) {
    const { exchange } = await rig.send({ path: `/${status}`, followRedirects: true });
    expect(exchange).toMatchObject({ status, error: null });
  }
});

it('counts a chain as one exchange', async () => {
  const server = await serve(async ({ url }) => {
    await sleep(15);
    const hop = Number(url.slice(1));
    return hop < 3 ? { status: 307, headers: { location: `/${hop + 1}` }, body: 'x'.repeat(10) } : { body: 'x'.repeat(7) };
  });
  const rig = rigFor({ baseUrl: server.url, keepAlive: false });
  const beganUs = rig.clock.nowUs();
  const { exchange } = await rig.send({ path: '/0', followRedirects: true });
  expect(exchange).toMatchObject({ status: 200, error: null, bodyBytes: 37 });
  expect(exchange.sentUs).toBeGreaterThanOrEqual(beganUs);
  expect(exchange.doneUs - exchange.sentUs).toBeGreaterThanOrEqual(4 * 14_000);
  expect(exchange.firstByteUs).toBeGreaterThan(exchange.sentUs + 3 * 14_000);
  expect(exchange.connectUs).toBeGreaterThan(0);
  expect(server.connections).toBe(4);
});

it('stops at a loop, or after as many as were said', async () => {
  const server = await serve(({ url }) => ({ status: 302, headers: { location: url } }));
  const rig = rigFor({ baseUrl: server.url });
  const { exchange } = await rig.send({ path: '/', followRedirects: true });
  expect(exchange).toMatchObject({ error: 'TooManyRedirects', status: 302 });
  expect(exchange.errorDetail).toBe(`more than 10 redirects, the next to ${server.url} (after 10 redirects)`);
  expect(server.seen).toHaveLength(11);
  expect((await rig.send({ path: '/', followRedirects: 2 })).exchange.error).toBe('TooManyRedirects');
  expect(server.seen).toHaveLength(14);
});

it.each(['http://', 'ftp://127.0.0.1/x', 'http://[::1', 'data:text/plain,x'])('refuses the location %s', async (location) => {
  const server = await serve(() => ({ status: 302, headers: { location } }));
  const { exchange } = await rigFor({ baseUrl: server.url }).send({ path: '/', followRedirects: true });
  expect(exchange).toMatchObject({ error: 'MalformedResponse: bad location', status: 302 });
});

it('drops what was meant for the first origin when it leads to another, https to http and back', async () => {
  const pair = await createCertificate({ name: 'localhost' });
  const plain = await serve(({ url }) => (url === '/plain' ? { status: 307, headers: { location: `${secure.url}/end` } } : {}));
  const secure = await serve(
    ({ url }) => (url === '/start' ? { status: 307, headers: { location: `${plain.url}/plain` } } : { body: 'end' }),
    { kind: 'https', pair },
  );
  const rig = rigFor({ baseUrl: secure.url, tls: { caFile: 'ca' } }, { ca: pair.cert });
  const { exchange, compiled } = await rig.send(start);
  expect(exchange).toMatchObject({ error: null, status: 200 });
  const requests = [secure.seen[0], plain.seen[0], secure.seen[1]];
  expect(requests.map((seen) => seen?.url)).toEqual(['/start', '/plain', '/end']);
  expect(requests.map((seen) => seen?.headers.host)).toEqual([
    `127.0.0.1:${secure.port}`,
    `127.0.0.1:${plain.port}`,
    `127.0.0.1:${secure.port}`,
  ]);
  expect(requests.map((seen) => seen?.headers.authorization)).toEqual(['Bearer secret-token', undefined, undefined]);
  expect(requests.map((seen) => seen?.headers.cookie)).toEqual(['own=1', undefined, undefined]);
  expect(requests.map((seen) => seen?.headers['x-api-key'])).toEqual(['key', undefined, undefined]);
  const mine = Buffer.from('v1 sécret 1', 'utf8').toString('latin1');
  expect(requests.map((seen) => seen?.headers['x-mine'])).toEqual([mine, undefined, undefined]);
  expect(requests.map((seen) => seen?.headers['x-kept'])).toEqual(['1', '1', '1']);
  expect(compiled.describe(exchange).requestHead).toContain('POST /end HTTP/1.1\r\n');
});

it('gives the whole chain one timeout', async () => {
  const server = await serve(async ({ url }) => {
    await sleep(60);
    return { status: 307, headers: { location: `/${Number(url.slice(1)) + 1}` } };
  });
  const rig = rigFor({ baseUrl: server.url });
  const { exchange } = await rig.send({ path: '/0', followRedirects: 20, timeoutMs: 150 });
  expect(exchange.error).toBe('ResponseTimeout');
  expect(exchange.doneUs - exchange.sentUs).toBeGreaterThanOrEqual(150_000);
  expect(server.seen.length).toBeLessThanOrEqual(3);
});

it('judges the last answer', async () => {
  const server = await serve(({ url }) =>
    url === '/0' ? { status: 302, headers: { location: '/1' } } : { status: 500, body: 'why' },
  );
  const rig = rigFor({ baseUrl: server.url });
  const { exchange, compiled } = await rig.send({ path: '/0', followRedirects: true, expect: { status: [200] } });
  expect(exchange.error).toBe('HTTP 500');
  expect(compiled.describe(exchange)).toMatchObject({ status: 500, responseBody: 'why' });
  const gone = await rig.send({ path: '/0', followRedirects: true, expect: { status: [500], bodyContains: 'why' } });
  expect(gone.exchange.error).toBe(null);
});

it('gives the exchange back to its owner when it is aborted in mid-chain', async () => {
  const server = await serve(({ url }) => (url === '/0' ? { status: 302, headers: { location: '/1' } } : null));
  const rig = rigFor({ baseUrl: server.url });
  const node = rig.openNode();
  const { owner } = node.exchange;
  void node.send(rig.compile({ path: '/0', followRedirects: true }));
  await expect.poll(() => server.seen.length).toBe(2);
  node.channel.abort();
  expect(node.exchange.owner).toBe(owner);
  await expect.poll(() => rig.transport.openSockets).toBe(0);
});
