import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join, relative, sep } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { builtEntries } from '../../../src/main/process/build-entries';
import { Access } from '../../../src/main/web/access';
import { ServerSockets } from './support/server-sockets';
import { closeOf, Server } from './support/web-server';

/** The app's own pages, as they are built. */
const RENDERER = join(builtEntries().shard, '../../renderer');

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `/${relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')}`);
}

/** Whether a request is turned away with nothing but the sentence that says how to get in. */
async function expectNothing(server: Server, path: string, headers: Record<string, string>, method = 'GET'): Promise<void> {
  const answer = await server.send({ method, path, headers });
  expect(answer, `${path} ${JSON.stringify(headers)}`).toMatchObject({
    status: 401,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
    body: method === 'HEAD' ? '' : 'The token is missing or wrong: open the link that the server printed when it started.\n',
  });
  expect(answer.headers['set-cookie']).toBeUndefined();
}

describe('without the token', () => {
  it('no file of the app is served, whatever is tried', async () => {
    const server = await Server.start({ rendererFolder: RENDERER });
    const files = filesIn(RENDERER);
    expect(files.length).toBeGreaterThan(2);
    for (const path of ['/', ...files]) {
      expect((await server.send({ path })).status, path).toBe(200);
      await expectNothing(server, path, { cookie: '' });
    }
    for (const method of ['HEAD', 'PUT', 'DELETE', 'OPTIONS']) await expectNothing(server, '/', { cookie: '' }, method);
    // It does not even tell what there is and what there is not.
    for (const path of ['/nothing', '/../outside.txt', '/downloads/nothing', '/api', '*']) {
      await expectNothing(server, path, { cookie: '' });
    }
  });

  it('no cookie but its own lets a browser in', async () => {
    const server = await Server.start();
    const { cookie, token } = server;
    const [name = '', value = ''] = cookie.split('=');
    const wrong = [
      `${name}=`,
      `${name}=${token}`,
      `${name}=${value.slice(1)}`,
      `${name}=${value}x`,
      `${name}x=${value}`,
      `x${name}=${value}`,
      `nodeswarm=${value}`,
      value,
      (await Server.start()).cookie,
    ];
    for (const other of wrong) await expectNothing(server, '/', { cookie: other });
    for (const right of [cookie, `a=b; ${cookie}`, `${name}=old; ${cookie};c=d`]) {
      expect((await server.send({ headers: { cookie: right } })).status, right).toBe(200);
    }
    for (const authorization of [`Bearer ${token}x`, `Basic ${token}`, token]) {
      await expectNothing(server, '/', { cookie: '', authorization });
    }
    expect((await server.send({ headers: { cookie: '', authorization: `Bearer ${token}` } })).status).toBe(200);
  });

  it('no link but the one that was printed lets a browser in', async () => {
    const server = await Server.start();
    const { token } = server;
    for (const query of [
      'token=',
      `token=${token}x`,
      `token=${token.slice(1)}`,
      `Token=${token}`,
      `x=${token}`,
      'token=%00',
      '%',
    ]) {
      await expectNothing(server, `/?${query}`, { cookie: '' });
    }
    // Only the page itself: the address of nothing else ever holds the token.
    await expectNothing(server, `/index.html?token=${token}`, { cookie: '' });
    await expectNothing(server, `/assets/app-1a2b.js?token=${token}`, { cookie: '' });
    // A page that has the cookie and yet is opened with a wrong token would keep that token.
    await expectNothing(server, '/?token=of-an-earlier-server', {});
  });

  it('no export is handed out, and none is lost by trying', async () => {
    const server = await Server.start();
    const id = await server.host.storeRun({ durationSeconds: 5, run: { name: 'run' } });
    const { data } = JSON.parse((await server.call('runs.export', { id, format: 'json' })).body);
    const [file] = data.downloads;
    await expectNothing(server, file.url, { cookie: '' });
    await expectNothing(server, `${file.url}?token=${server.token}`, { cookie: '' });
    expect((await server.send({ path: file.url })).status).toBe(200);
  });

  it('no call is carried out: the cookie alone is not enough for the API', async () => {
    const server = await Server.start();
    for (const cookie of ['', server.cookie]) {
      const answer = await server.call('settings.set', { theme: 'dark' }, { authorization: '', cookie });
      expect(answer.status).toBe(401);
      expect(JSON.parse(answer.body)).toMatchObject({ ok: false, error: { code: 'refused' } });
    }
    expect(server.host.eventsOf('settings.changed')).toEqual([]);
    // A page of another server on this machine is the same site to a browser: its requests carry the cookie.
    const same = await server.call('settings.set', { theme: 'dark' }, { origin: 'http://127.0.0.1:1' });
    expect(same.status).toBe(403);
  });

  it('no event is told: the cookie is not enough for the WebSocket', async () => {
    const server = await Server.start();
    const socket = server.socket({ headers: { cookie: server.cookie } });
    const heard: unknown[] = [];
    socket.on('message', (message) => heard.push(message));
    await new Promise((resolve) => socket.once('open', resolve));
    server.host.api.emit('action', { id: 'hello' });
    const closed = closeOf(socket);
    const value = server.cookie.split('=')[1];
    socket.send(JSON.stringify({ token: value }));
    expect(await closed).toBe(4401);
    expect(heard).toEqual([]);
  });
});

describe('the link', () => {
  it('gives a browser a cookie that is not the token, and that neither scripts nor other sites can use', async () => {
    const server = await Server.start();
    const { pathname, search } = new URL(server.web.link);
    const page = await server.send({ path: pathname + search, headers: { cookie: '' } });
    expect(page).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } });
    const cookies = page.headers['set-cookie'] ?? [];
    expect(cookies).toEqual([
      expect.stringMatching(new RegExp(`^nodeswarm-${server.web.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`)),
    ]);
    expect(cookies.join()).not.toContain(server.token);
    // Reloaded, the page is there without it.
    const again = await server.send({ path: '/' });
    expect(again).toMatchObject({ status: 200, body: page.body });
    expect(again.headers['set-cookie']).toBeUndefined();
  });

  it('is of no use under another name or from another site', async () => {
    const server = await Server.start();
    const { pathname, search } = new URL(server.web.link);
    const others: Record<string, string>[] = [
      { host: `evil.example:${server.web.port}` },
      { origin: 'https://evil.example' },
      { origin: 'null' },
    ];
    for (const headers of others) {
      const answer = await server.send({ path: pathname + search, headers });
      expect(answer.status).toBe(403);
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect(answer.body).not.toContain('<title>');
    }
  });

  it('is compared whole: right beginnings are as wrong as anything', () => {
    const access = new Access('a'.repeat(43), '127.0.0.1', 8089);
    for (const token of ['', 'a', 'a'.repeat(42), 'a'.repeat(44), `${'a'.repeat(42)}b`, 'a'.repeat(1_000_000)]) {
      expect(access.isToken(token)).toBe(false);
    }
    expect(access.isToken('a'.repeat(43))).toBe(true);
  });
});

describe('a refused upgrade', () => {
  it('ends also for who never closes', async () => {
    const ends = new ServerSockets();
    const server = await Server.start();
    const socket = connect({ host: '127.0.0.1', port: server.web.port, allowHalfOpen: true });
    onTestFinished(() => {
      socket.destroy();
    });
    const lines = ['GET /nothing HTTP/1.1', `host: 127.0.0.1:${server.web.port}`, 'connection: upgrade', 'upgrade: websocket'];
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    let answer = '';
    socket.on('data', (data) => {
      answer += String(data);
    });
    await new Promise((resolve) => socket.once('end', resolve));
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    await ends.closed(socket);
  });
});
