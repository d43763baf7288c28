import { existsSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Downloads } from '../../../src/main/web/downloads';
import { closeOf, refusedUpgrade, Server } from './support/web-server';

describe('files', () => {
  it('are served with headers that allow nothing but the page itself', async () => {
    const server = await Server.start();
    const page = await server.send({ path: '/' });
    expect(page).toMatchObject({ status: 200, body: '<!doctype html><title>page</title>' });
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${server.web.port};`);
    expect(page.headers['access-control-allow-origin']).toBeUndefined();

    const script = await server.send({ path: '/assets/app-1a2b.js?x=1' });
    expect(script).toMatchObject({ status: 200, body: 'export {};' });
    expect(script.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'private, max-age=31536000, immutable',
    });
    expect(await server.send({ path: '/empty.txt' })).toMatchObject({ status: 200, body: '' });
    const head = await server.send({ method: 'HEAD', path: '/index.html' });
    expect(head).toMatchObject({ status: 200, body: '' });
    expect(head.headers['content-length']).toBe(String(page.body.length));
    expect(await server.send({ method: 'PUT', path: '/index.html' })).toMatchObject({ status: 405 });
  });

  it.each([
    '/nothing.js',
    '/../outside.txt',
    '/assets/../../outside.txt',
    '/%2e%2e/outside.txt',
    '/..%2foutside.txt',
    '/%2e%2e%2foutside.txt',
    '/%252e%252e/outside.txt',
    '/..\\outside.txt',
    '/..%5coutside.txt',
    '//etc/passwd',
    '/%2fetc%2fpasswd',
    '/C:/Windows/win.ini',
    '/index.html%00.js',
    '/%',
    '/assets',
    '/link.txt',
    '/up/outside.txt',
    'http://127.0.0.1/../outside.txt',
    '*',
  ])('are none outside of the folder: %s', async (path) => {
    const server = await Server.start();
    const answer = await server.send({ path });
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('not for anyone');
  });
});

describe('who is let in', () => {
  it('is who asks for this very server by a name that no site can take', async () => {
    const server = await Server.start();
    const { port } = server.web;
    const statusFor = async (host: string) => (await server.send({ headers: { host } })).status;
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`]) {
      expect(await statusFor(host), host).toBe(200);
    }
    const strangers = [
      `evil.example:${port}`,
      `127.0.0.1.evil.example:${port}`,
      `localhost.evil.example:${port}`,
      '127.0.0.1',
      `127.0.0.1:${port + 1}`,
      `0.0.0.0:${port}`,
      `192.168.1.5:${port}`,
      `${hostname()}.evil:${port}`,
      `user@127.0.0.1:${port}`,
      `127.0.0.1:${port}:80`,
    ];
    for (const host of strangers) expect(await statusFor(host), host).toBe(403);
    const call = await server.call('app.info', {}, { host: `evil.example:${port}` });
    expect(call).toMatchObject({ status: 403 });
    expect(JSON.parse(call.body)).toMatchObject({ ok: false, error: { code: 'refused' } });
  });

  it('is no page of another site', async () => {
    const server = await Server.start();
    const { url } = server.web;
    expect(await server.call('app.info', {}, { origin: url })).toMatchObject({ status: 200 });
    const others = [
      'https://evil.example',
      'null',
      url.replace('http', 'https'),
      `${url}0`,
      `http://localhost:${server.web.port}`,
    ];
    for (const origin of others) {
      const answer = await server.call('settings.set', { theme: 'dark' }, { origin });
      expect(answer.status, origin).toBe(403);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
    const preflight = await server.send({
      method: 'OPTIONS',
      path: '/api/settings.set',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).toBe(403);
    expect(server.host.eventsOf('settings.changed')).toEqual([]);
  });

  it('is who knows the token, where the API is concerned', async () => {
    const server = await Server.start();
    const { token } = server;
    expect(token).toMatch(/^[\w-]{43}$/);
    expect((await Server.start()).token).not.toBe(token);
    const wrong = [
      '',
      'Bearer',
      'Bearer ',
      `Basic ${token}`,
      `Bearer ${token}x`,
      `Bearer ${token.slice(1)}`,
      `Bearer ${token} x`,
      token,
    ];
    for (const authorization of wrong) {
      const answer = await server.call('settings.set', { theme: 'dark' }, { authorization });
      expect(answer.status, authorization).toBe(401);
      expect(JSON.parse(answer.body)).toMatchObject({ ok: false, error: { message: expect.stringContaining('link') } });
    }
    expect(await server.send({ method: 'POST', path: `/api/app.info?token=${token}`, body: '{}' })).toMatchObject({
      status: 401,
    });
    expect(server.host.eventsOf('settings.changed')).toEqual([]);
    expect(server.host.logged.join()).not.toContain(token);
  });

  it('is only this machine, unless others are allowed', async () => {
    for (const host of ['0.0.0.0', '::', '192.168.1.1', 'example.org']) {
      await expect(Server.start({ host })).rejects.toThrow(/--allow-remote/);
    }
    const server = await Server.start({ host: '0.0.0.0', allowRemote: true });
    const { port } = server.web;
    expect(server.web.link).toMatch(/^http:\/\/127\.0\.0\.1:/);
    for (const host of [`127.0.0.1:${port}`, `192.168.1.5:${port}`, `${hostname()}:${port}`]) {
      expect((await server.send({ headers: { host } })).status, host).toBe(200);
    }
    expect((await server.send({ headers: { host: `evil.example:${port}` } })).status).toBe(403);
  });

  it('hears in a sentence that the port is taken', async () => {
    const server = await Server.start();
    const { port } = server.web;
    await expect(Server.start({ port })).rejects.toThrow(new RegExp(`^port ${port} on 127\\.0\\.0\\.1 is in use.*--port`));
  });
});

describe('the API over HTTP', () => {
  it('answers as the API does, errors with status 200 too', async () => {
    const server = await Server.start();
    const info = JSON.parse((await server.call('app.info', {})).body);
    expect(info).toMatchObject({ ok: true, data: { host: 'browser', recent: [] } });
    const refused = await server.call('runs.read', { id: 1 });
    expect(refused).toMatchObject({ status: 200 });
    expect(refused.headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
    expect(JSON.parse(refused.body)).toMatchObject({ ok: false, error: { code: 'not-found' } });
    for (const route of ['nothing', '../index.html', '__proto__', '']) {
      expect(JSON.parse((await server.call(route, {})).body)).toMatchObject({ ok: false, error: { code: 'not-found' } });
    }
    for (const [route, input] of [
      ['scenarios.open', { path: '/etc/passwd' }],
      ['scenarios.save', { path: '/tmp/x.nodeswarm.json', suggestedName: 'x', text: '{}' }],
    ] as const) {
      expect(JSON.parse((await server.call(route, input)).body)).toMatchObject({ ok: false, error: { code: 'refused' } });
    }
  });

  it('refuses what is not JSON, and what is too large', async () => {
    const server = await Server.start();
    const post = (headers: Record<string, string>, body: string | Buffer) =>
      server.send({
        method: 'POST',
        path: '/api/app.info',
        headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json', ...headers },
        body,
      });
    expect(await post({ 'content-type': 'text/plain' }, '{}')).toMatchObject({ status: 415 });
    expect(await post({ 'content-type': 'application/json; charset=utf-8' }, '{}')).toMatchObject({ status: 200 });
    for (const body of ['', '{', Buffer.from([0x22, 0xff, 0x22])]) expect(await post({}, body)).toMatchObject({ status: 400 });
    expect(await post({}, Buffer.alloc(60_000_001, ' '))).toMatchObject({ status: 413 });
    expect(await post({ 'content-length': '999999999' }, '')).toMatchObject({ status: 413 });
    const { status } = await server.send({ path: '/api/app.info', headers: { authorization: `Bearer ${server.token}` } });
    expect(status).toBe(405);
  });

  it('takes an upload of megabytes, and cuts off one without end', async () => {
    const server = await Server.start();
    const text = 'x'.repeat(20_000_000);
    expect(JSON.parse((await server.call('scenarios.autosave', { path: null, text })).body)).toEqual({ ok: true, data: null });
    const info = await server.host.call('app.info', {});
    expect(info.recovery?.text.length).toBe(text.length);

    await new Promise<void>((resolve, reject) => {
      const socket = connect(server.web.port, '127.0.0.1');
      // The server closes while there is more to come.
      socket.on('error', () => resolve());
      socket.on('close', () => resolve());
      socket.resume();
      socket.write(
        `POST /api/app.info HTTP/1.1\r\nhost: 127.0.0.1:${server.web.port}\r\nauthorization: Bearer ${server.token}\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`,
      );
      const chunk = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(0x100000, ' '), Buffer.from('\r\n')]);
      let sent = 0;
      const more = () => {
        if (socket.destroyed) return;
        if (++sent > 300) reject(new Error('300 MB were taken'));
        else socket.write(chunk, () => setImmediate(more));
      };
      more();
      onTestFinished(() => {
        socket.destroy();
      });
    });
  });

  it('sends exports as downloads', async () => {
    const server = await Server.start();
    const id = await server.host.storeRun({ durationSeconds: 5, run: { name: 'run' } });
    const { data } = JSON.parse((await server.call('runs.export', { id, format: 'csv' })).body);
    expect(data.saved).toEqual([]);
    expect(data.downloads.map(({ name }: { name: string }) => name)).toEqual(
      ['_stats', '_stats_history', '_failures', '_exceptions'].map((part) => `run-run-${id}${part}.csv`),
    );
    const [stats, history] = data.downloads;
    // A browser that saves a file sends its cookie, and no header of the page.
    const file = await server.send({ path: stats.url });
    expect(file.headers).toMatchObject({
      'content-type': 'text/csv;charset=utf-8',
      'content-disposition': `attachment; filename*=UTF-8''run-run-${id}_stats.csv`,
      'cache-control': 'no-store',
      'content-length': String(Buffer.byteLength(file.body)),
    });
    expect(file.body).toMatch(/^Type,Name,Request Count/);

    expect((await server.send({ path: stats.url })).status, 'fetched already').toBe(404);
    expect((await server.send({ path: '/downloads/../runs.db' })).status).toBe(404);
    expect((await server.send({ path: `${history.url}x` })).status).toBe(404);
    expect((await server.send({ path: history.url, method: 'HEAD' })).status).toBe(404);
    expect((await server.send({ path: history.url, headers: { host: 'evil.example:80' } })).status).toBe(403);
    expect((await server.send({ path: history.url, headers: { origin: 'http://evil.example' } })).status).toBe(403);
    expect((await server.send({ path: history.url })).body).toMatch(/^Timestamp,User Count/);
  });

  it('says in its log why an answer could not be given, without what stood in the query', async () => {
    const downloads = new Downloads();
    onTestFinished(() => downloads.close());
    const logged: string[] = [];
    const server = await Server.start({ downloads, onLog: (line) => logged.push(line) });
    const files = [{ name: 'a.csv', mediaType: 'text/csv' }];
    const [download] = await downloads.prepare({ files, write: async () => {} });
    const answer = await server.send({ path: `${download?.url}?token=${server.token}` });
    expect(answer.status).toBe(500);
    expect(JSON.parse(answer.body).error.message).toBe('The server could not answer; try again.');
    expect(logged).toEqual([expect.stringMatching(/^GET \/downloads\/\S+ could not be answered: Error: ENOENT/)]);
    expect(logged.join()).not.toContain(server.token);
  });

  it('leaves no export behind', async () => {
    const downloads = new Downloads();
    const written: string[] = [];
    const write = async (paths: string[]) => {
      for (const path of paths) writeFileSync(path, 'text');
      written.push(...paths);
    };
    await downloads.prepare({ files: [{ name: 'a.csv', mediaType: 'text/csv' }], write });
    expect(statSync(dirname(written[0] ?? '')).mode & 0o077).toBe(0);
    await downloads.close();
    expect(existsSync(dirname(written[0] ?? ''))).toBe(false);
  });
});

describe('events over WebSocket', () => {
  it('go to those who said the token, in order', async () => {
    const server = await Server.start();
    const [a, b] = [await server.listener(), await server.listener()];
    const silent = server.socket();
    const overheard: unknown[] = [];
    silent.on('message', (message) => overheard.push(message));
    await new Promise((resolve) => silent.once('open', resolve));
    await server.call('settings.set', { theme: 'dark' });
    await server.call('settings.set', { theme: 'light' });
    const themes = ({ events }: typeof a) =>
      events.filter(({ event }) => event === 'settings.changed').map(({ data }) => (data as { theme: string }).theme);
    await expect
      .poll(() => [themes(a), themes(b)])
      .toEqual([
        ['dark', 'light'],
        ['dark', 'light'],
      ]);
    expect(overheard).toEqual([]);
  });

  it('bring a run second by second to who came late as well', async () => {
    const server = await Server.start();
    const { url } = await server.host.call('demo.start', {});
    const text = JSON.stringify({
      nodeswarm: 1,
      name: 'web',
      target: { baseUrl: url },
      load: { nodes: 2, spawnRate: 10, durationSeconds: 4 },
      nodeTypes: [
        {
          name: 'Sensor',
          wait: { kind: 'pacing', seconds: 0.2 },
          tasks: [{ name: 'ask', steps: [{ request: { path: '/ota/1' } }] }],
        },
      ],
    });
    const started = JSON.parse((await server.call('runs.start', { text, path: null, shards: 1 })).body);
    expect(started).toMatchObject({ ok: true, data: { record: { status: 'running' } } });
    await server.host.next('run.second', ({ second }) => second.second === 1);
    const late = await server.listener();
    const { id } = started.data.record;
    const course = JSON.parse((await server.call('runs.course', { id, series: null })).body);
    expect(course.data.second.slice(0, 2)).toEqual([0, 1]);
    await expect.poll(() => late.events.some(({ event }) => event === 'history.changed'), { timeout: 10_000 }).toBe(true);
    const seconds = late.events
      .filter(({ event }) => event === 'run.second')
      .map(({ data }) => (data as { second: { second: number } }).second.second);
    expect(new Set([...course.data.second, ...seconds]).size).toBeGreaterThanOrEqual(4);
    expect(seconds).toEqual([...seconds].sort((x, y) => x - y));
  });

  it.each([
    ['a wrong token', '{"token":"x"}'],
    ['no token', '{}'],
    ['something else', 'hello'],
    ['null', 'null'],
    ['too much', 'x'.repeat(5000)],
  ])('end with %s', async (_, message) => {
    const server = await Server.start();
    const socket = server.socket();
    const closed = closeOf(socket);
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send(message);
    expect([4401, 1009]).toContain(await closed);
  });

  it('end when more than the token is said', async () => {
    const server = await Server.start();
    const { socket } = await server.listener();
    const closed = closeOf(socket);
    socket.send('{"call":"runs.stop"}');
    expect(await closed).toBe(1008);
  });

  it('end without a token after 5 s', { timeout: 15_000 }, async () => {
    const server = await Server.start();
    expect(await closeOf(server.socket())).toBe(4401);
  });

  it('are not for pages of other sites, other names or other paths', async () => {
    const server = await Server.start();
    expect(await refusedUpgrade(server.socket({ origin: 'https://evil.example' }))).toBe(403);
    expect(await refusedUpgrade(server.socket({ headers: { host: `evil.example:${server.web.port}` } }))).toBe(403);
    expect(await refusedUpgrade(server.socket({ path: '/api/runs.start' }))).toBe(404);
    const own = server.socket({ origin: server.web.url });
    await new Promise((resolve) => own.once('open', resolve));
  });

  it('end when the server ends', async () => {
    const server = await Server.start();
    const { socket } = await server.listener();
    const closed = closeOf(socket);
    await server.web.close();
    expect(await closed).toBe(1001);
  });
});
