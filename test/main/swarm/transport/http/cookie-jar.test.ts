import { afterEach, beforeEach, expect, it } from 'vitest';
import { NodeCookies } from '../../../../../src/main/swarm/transport/http/cookie-jar';
import { HttpRig, startServer, type TestServer } from './http-rig';

let server: TestServer;
beforeEach(async () => {
  server = await startServer(({ url }) =>
    url.startsWith('/set') ? { headers: { 'set-cookie': [`${url.slice(5)}; Path=/`, 'two=2; Path=/only'] } } : {},
  );
});
afterEach(() => server.close());

it('keeps the cookies of each node apart, and sends them back where they belong', async () => {
  const rig = new HttpRig({ target: { baseUrl: server.url, cookies: true } });
  const [first, second] = [rig.openNode(0), rig.openNode(1)];
  await first.send(rig.compile({ path: '/set/id=a' }));
  await second.send(rig.compile({ path: '/set/id=b' }));
  await first.send(rig.compile({ path: '/' }));
  await second.send(rig.compile({ path: '/only/here' }));
  await rig.openNode(2).send(rig.compile({ path: '/' }));
  expect(server.seen.map(({ headers }) => headers.cookie)).toEqual([undefined, undefined, 'id=a', 'two=2; id=b', undefined]);
  rig.close();
});

it('adds them to a cookie header of the request, and replaces one that changes', async () => {
  const rig = new HttpRig({ target: { baseUrl: server.url, cookies: true } });
  const node = rig.openNode();
  await node.send(rig.compile({ path: '/set/id=a' }));
  await node.send(rig.compile({ path: '/set/id=b' }));
  await node.send(rig.compile({ path: '/', headers: { Cookie: 'own=1' } }));
  expect(server.seen.at(-1)?.headers.cookie).toBe('own=1; id=b');
  expect(server.seen.at(-1)?.rawHeaders.filter((name) => name.toLowerCase() === 'cookie')).toHaveLength(1);
  rig.close();
});

it('forgets them when cookies are off', async () => {
  const rig = new HttpRig({ target: { baseUrl: server.url } });
  const node = rig.openNode();
  await node.send(rig.compile({ path: '/set/id=a' }));
  await node.send(rig.compile({ path: '/' }));
  expect(server.seen.at(-1)?.headers.cookie).toBe(undefined);
  rig.close();
});

it.each([
  ['http://localhost:8090/', 'a=1', 'a=1'],
  ['http://localhost:8090/', 'a=1; Domain=localhost', 'a=1'],
  ['http://backend/', 'a=1', 'a=1'],
  ['http://[::1]:80/', 'a=1', 'a=1'],
  ['https://api.example.com/', 'a=1; Domain=example.com; Secure', 'a=1'],
  ['https://api.example.com/', 'a=1; Domain=com', null],
  ['https://api.example.com/', 'a=1; Domain=other.example', null],
  ['http://127.0.0.1/', 'a=1; Max-Age=0', null],
  ['http://127.0.0.1/', 'no cookie at all', null],
])('at %s: %s', (url, cookie, sent) => {
  const cookies = new NodeCookies();
  cookies.store(`HTTP/1.1 200 OK\r\nSet-Cookie: ${cookie}`, url);
  expect(cookies.addTo('host: x\r\n', url)).toBe(sent === null ? 'host: x\r\n' : `host: x\r\ncookie: ${sent}\r\n`);
});

it('keeps the newest of a flood of them, and none longer than browsers take', () => {
  const cookies = new NodeCookies();
  const url = 'http://127.0.0.1/';
  for (let answer = 0; answer < 100; answer++) {
    const lines = Array.from({ length: 20 }, (_, i) => `set-cookie: c${answer}-${i}=${'v'.repeat(20)}\r\n`).join('');
    cookies.store(`HTTP/1.1 200 OK\r\n${lines}set-cookie: long=${'x'.repeat(5000)}`, url);
    cookies.store('HTTP/1.1 200 OK\r\nset-cookie: session=1', url);
  }
  const [, sent = ''] = /^cookie: (.*)\r\n$/m.exec(cookies.addTo('', url)) ?? [];
  const names = sent.split('; ').map((cookie) => cookie.split('=')[0]);
  expect(names.length).toBeGreaterThanOrEqual(180);
  expect(names.length).toBeLessThanOrEqual(360);
  expect(names).toContain('c99-19');
  expect(names).not.toContain('c0-0');
  expect(names).not.toContain('long');
});
