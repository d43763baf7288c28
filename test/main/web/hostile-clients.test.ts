import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type RawConnection, rawConnection } from './support/raw-connection';
import { ServerSockets } from './support/server-sockets';
import { closeOf, Server } from './support/web-server';

function lines(...all: string[]): string {
  return `${all.join('\r\n')}\r\n\r\n`;
}

/** A frame of WebSocket as clients send it, masked (RFC 6455, section 5.2), of up to 64 KB. */
function clientFrame(firstByte: number, payload: Buffer): Buffer {
  const mask = randomBytes(4);
  const long = payload.length > 125;
  const head = Buffer.alloc(long ? 4 : 2);
  head.writeUInt8(firstByte, 0);
  head.writeUInt8(0x80 | (long ? 126 : payload.length), 1);
  if (long) head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, mask, payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0))]);
}

const TEXT = 0x81;
const TEXT_BEGINS = 0x01;
const GOES_ON = 0x00;
const PING = 0x89;
const COMPRESSED_TEXT = 0xc1;
const UNMASKED_TEXT = Buffer.from([0x81, 2, 0x68, 0x69]);

/** Asks for a WebSocket, as a browser does. */
function askForUpgrade(server: Server, ...more: string[]): RawConnection {
  return rawConnection(
    server,
    lines(
      'GET /events HTTP/1.1',
      `host: 127.0.0.1:${server.web.port}`,
      'connection: upgrade',
      'upgrade: websocket',
      'sec-websocket-version: 13',
      'sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==',
      ...more,
    ),
  );
}

/** The raw connection behind a WebSocket that is open. */
async function upgraded(server: Server, ...more: string[]): Promise<RawConnection> {
  const client = askForUpgrade(server, ...more);
  await expect.poll(() => client.heard()).toMatch(/^HTTP\/1\.1 101 /);
  return client;
}

describe('requests whose end two programs could see in two places', () => {
  const api = (server: Server, ...more: string[]) =>
    lines(
      'POST /api/settings.set HTTP/1.1',
      `host: 127.0.0.1:${server.web.port}`,
      `authorization: Bearer ${server.token}`,
      'content-type: application/json',
      ...more,
    );

  it.each([
    ['both lengths', ['content-length: 16', 'transfer-encoding: chunked'], '10\r\n{"theme":"dark"}\r\n0\r\n\r\n'],
    ['two lengths', ['content-length: 16', 'content-length: 2'], '{"theme":"dark"}'],
    ['a list of lengths', ['content-length: 16, 16'], '{"theme":"dark"}'],
    ['a negative length', ['content-length: -16'], '{"theme":"dark"}'],
    ['a signed length', ['content-length: +16'], '{"theme":"dark"}'],
    ['chunked, and not last', ['transfer-encoding: chunked, identity'], '10\r\n{"theme":"dark"}\r\n0\r\n\r\n'],
    ['a coding of its own', ['transfer-encoding: xchunked'], '10\r\n{"theme":"dark"}\r\n0\r\n\r\n'],
    ['a space before the colon', ['content-length : 16'], '{"theme":"dark"}'],
    ['a folded field', ['x: y', ' content-length: 16', 'content-length: 16'], '{"theme":"dark"}'],
    ['a NUL in a field', ['x: a\0b', 'content-length: 16'], '{"theme":"dark"}'],
    ['a chunk size of letters', ['transfer-encoding: chunked'], 'xx\r\n{"theme":"dark"}\r\n0\r\n\r\n'],
    ['a chunk longer than its size', ['transfer-encoding: chunked'], '2\r\n{"theme":"dark"}\r\n0\r\n\r\n'],
    ['two hosts', ['host: evil.example', 'content-length: 16'], '{"theme":"dark"}'],
  ])('are not carried out: %s', async (_, headers, body) => {
    const server = await Server.start();
    const { ended } = rawConnection(server, api(server, ...headers) + body);
    expect(await ended).toMatch(/^HTTP\/1\.1 40[03] /);
    expect(server.host.eventsOf('settings.changed')).toEqual([]);
    expect((await server.call('app.info', {})).status).toBe(200);
  });

  it('are judged one by one: what comes behind a refused one is not carried out', async () => {
    const server = await Server.start();
    const first = lines('POST /api/app.info HTTP/1.1', `host: 127.0.0.1:${server.web.port}`, 'content-length: 0');
    const { ended } = rawConnection(server, `${first}${api(server, 'content-length: 16')}{"theme":"dark"}`);
    const heard = await ended;
    expect(heard).toMatch(/^HTTP\/1\.1 401 /);
    expect(heard.match(/HTTP\/1\.1/g)).toHaveLength(1);
  });
});

describe('the token in a wrong place', () => {
  it('opens nothing', async () => {
    const server = await Server.start();
    const { token } = server;
    const wrong: Record<string, string>[] = [
      { 'x-token': token },
      { cookie: `token=${token}` },
      { 'proxy-authorization': `Bearer ${token}` },
      { authorization: `Bearer ${token}, Bearer ${token}` },
      { authorization: `Bearer "${token}"` },
      { referer: server.web.link },
    ];
    for (const headers of wrong) {
      const answer = await server.call('app.info', {}, { authorization: '', cookie: '', ...headers });
      expect(answer.status, JSON.stringify(Object.keys(headers))).toBe(401);
    }
    for (const path of [`/${token}`, `/api/app.info/${token}`, `/events?token=${token}`, `/#token=${token}`]) {
      expect((await server.send({ path, headers: { cookie: '' } })).status, path).not.toBe(200);
    }
  });
});

describe('a WebSocket', () => {
  it.each([
    ['another version', ['sec-websocket-version: 12', 'sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==']],
    ['no key', ['sec-websocket-version: 13']],
    ['a key of a wrong length', ['sec-websocket-version: 13', 'sec-websocket-key: AAAA']],
  ])('is none with %s', async (_, more) => {
    const server = await Server.start();
    const upgrade = ['connection: upgrade', 'upgrade: websocket'];
    const { ended } = rawConnection(
      server,
      lines('GET /events HTTP/1.1', `host: 127.0.0.1:${server.web.port}`, ...upgrade, ...more),
    );
    expect(await ended).toMatch(/^HTTP\/1\.1 4\d\d /);
  });

  it('agrees to no compression, so that there are no bombs', async () => {
    const server = await Server.start();
    const { socket, heard, ended } = await upgraded(server, 'sec-websocket-extensions: permessage-deflate');
    expect(heard()).not.toMatch(/sec-websocket-extensions/i);
    socket.write(clientFrame(COMPRESSED_TEXT, Buffer.from([1, 2, 3])));
    await ended;
  });

  it.each([
    [
      'fragments without end',
      () => [clientFrame(TEXT_BEGINS, Buffer.alloc(500, 'x')), clientFrame(GOES_ON, Buffer.alloc(600, 'x'))],
    ],
    [
      'empty fragments and then too much',
      () => [clientFrame(TEXT_BEGINS, Buffer.alloc(0)), clientFrame(GOES_ON, Buffer.alloc(2000))],
    ],
    ['a message of 60 KB', () => [clientFrame(0x81, Buffer.alloc(60_000, 'x'))]],
    ['one announced to be of 2^63 bytes', () => [Buffer.from([0x81, 0xff, 0x7f, 255, 255, 255, 255, 255, 255, 255, 1, 2, 3, 4])]],
    ['a frame without a mask', () => [UNMASKED_TEXT]],
    ['a fragment of nothing', () => [clientFrame(GOES_ON, Buffer.from('x'))]],
    ['a code that nobody knows', () => [clientFrame(0x83, Buffer.from('x'))]],
    ['a ping larger than allowed', () => [clientFrame(PING, Buffer.alloc(200))]],
    ['a fragmented ping', () => [clientFrame(0x09, Buffer.from('x'))]],
    ['text that is no UTF-8', () => [clientFrame(0x81, Buffer.from([0xff, 0xfe]))]],
  ])('ends with %s', async (_, frames) => {
    const ends = new ServerSockets();
    const server = await Server.start();
    const { socket } = await upgraded(server);
    for (const frame of frames()) socket.write(frame);
    await ends.closed(socket);
    expect((await server.call('app.info', {})).status).toBe(200);
  });

  it('that pings without end and reads no answer is cut off, and costs no memory', async () => {
    const ends = new ServerSockets();
    const server = await Server.start();
    const { socket } = await upgraded(server);
    socket.pause();
    const pings = Buffer.concat(Array.from({ length: 500 }, () => clientFrame(PING, Buffer.alloc(125))));
    const before = process.memoryUsage().rss;
    const more = () => {
      if (socket.destroyed) return;
      socket.write(pings, () => setImmediate(more));
    };
    more();
    // For want of the token, at the latest.
    await ends.closed(socket);
    expect(process.memoryUsage().rss - before).toBeLessThan(256 * 1024 * 1024);
    expect((await server.call('app.info', {})).status).toBe(200);
  });

  it('is one of a hundred at the most; others are served as before', async () => {
    const server = await Server.start();
    const token = clientFrame(TEXT, Buffer.from(JSON.stringify({ token: server.token })));
    const listeners: RawConnection[] = [];
    for (let count = 0; count < 100; count++) {
      const listener = await upgraded(server);
      listener.socket.write(token);
      listeners.push(listener);
    }
    // As long as one of them is not known yet, another one would be taken in, and heard out for 5 s.
    const told = () => {
      server.host.api.emit('action', { id: 'hello' });
      return listeners.filter((listener) => listener.heard().includes('hello')).length;
    };
    await expect.poll(told, { timeout: 20_000 }).toBe(100);
    expect((await askForUpgrade(server).ended).slice(0, 12)).toBe('HTTP/1.1 503');
    expect((await server.call('app.info', {})).status).toBe(200);
  });

  it('that says nothing keeps nobody out who knows the token, however many there are', async () => {
    const server = await Server.start();
    const silent: RawConnection[] = [];
    for (let count = 0; count < 120; count++) silent.push(await upgraded(server));
    const { socket } = await server.listener();
    // The oldest had to go; the newest are heard out.
    await Promise.all(silent.slice(0, 100).map(({ ended }) => ended));
    expect(silent.at(-1)?.socket.destroyed).toBe(false);
    socket.close();
  });
});

describe('two thousand connections on which half a head has come', () => {
  it('keep nobody else out, and end', async () => {
    const server = await Server.start({ limits: { headMs: 3000, checkEveryMs: 200 } });
    const half = `GET / HTTP/1.1\r\nhost: 127.0.0.1:${server.web.port}\r\nx: `;
    const all = Array.from({ length: 2000 }, () => rawConnection(server, half));
    await Promise.all(
      all.map(({ socket }) => (socket.connecting ? new Promise((resolve) => socket.once('connect', resolve)) : null)),
    );
    expect((await server.call('app.info', {})).status).toBe(200);
    const listener = await server.listener();
    for (const { ended } of all) expect(await ended).toMatch(/^(HTTP\/1\.1 408 |$)/);
    const closed = closeOf(listener.socket);
    listener.socket.close();
    await closed;
  });
});
