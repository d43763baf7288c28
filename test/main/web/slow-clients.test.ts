import { writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { WebLimits } from '../../../src/main/web/web-host';
import { rawConnection } from './support/raw-connection';
import { ServerSockets } from './support/server-sockets';
import { Server } from './support/web-server';

const SHORT: Partial<WebLimits> = { headMs: 300, requestMs: 600, idleMs: 300, unreadMs: 300, checkEveryMs: 50 };

/** Writes a text again and again until the connection is ended. */
function drip(socket: Socket, text: () => string): void {
  const timer = setInterval(() => socket.writable && socket.write(text()), 40);
  socket.on('close', () => clearInterval(timer));
}

function head(server: Server, ...lines: string[]): string {
  const authorization = `authorization: Bearer ${server.token}`;
  return [...lines, `host: 127.0.0.1:${server.web.port}`, authorization, ''].join('\r\n');
}

it('cuts off a head that never ends', async () => {
  const server = await Server.start({ limits: SHORT });
  const { socket, ended } = rawConnection(server);
  socket.write(head(server, 'GET / HTTP/1.1'));
  let line = 0;
  drip(socket, () => `x-${line++}: y\r\n`);
  expect(await ended).toMatch(/^HTTP\/1\.1 408 /);
});

it('cuts off a head that is endless and fast', async () => {
  const server = await Server.start();
  const { socket, ended } = rawConnection(server);
  socket.write(head(server, 'GET / HTTP/1.1'));
  let sentBytes = 0;
  const more = () => {
    if (socket.destroyed || sentBytes > 10_000_000) return;
    sentBytes += 10_000;
    socket.write(`x: ${'y'.repeat(9_995)}\r\n`, () => setImmediate(more));
  };
  more();
  // Or nothing at all: what is still on its way to a closed connection takes the answer with it.
  expect(await ended).toMatch(/^(HTTP\/1\.1 431 |$)/);
  expect(sentBytes).toBeLessThan(10_000_000);
});

it('cuts off a connection on which nothing is asked', async () => {
  const server = await Server.start({ limits: SHORT });
  const { ended } = rawConnection(server);
  expect(await ended).not.toContain(' 200 ');
});

it.each(['content-length: 1000000', 'transfer-encoding: chunked'])('cuts off a body that never ends: %s', async (length) => {
  const server = await Server.start({ limits: SHORT });
  const { socket, ended } = rawConnection(server);
  socket.write(`${head(server, 'POST /api/settings.set HTTP/1.1', 'content-type: application/json', length)}\r\n`);
  drip(socket, () => (length.startsWith('content') ? ' ' : '1\r\n \r\n'));
  expect(await ended).toMatch(/^HTTP\/1\.1 408 /);
  expect(server.host.eventsOf('settings.changed')).toEqual([]);
  // Others are served as before.
  expect((await server.call('app.info', {})).status).toBe(200);
});

it('cuts off who does not read an answer', async () => {
  const ends = new ServerSockets();
  const server = await Server.start({ limits: SHORT });
  const bytes = 64 * 1024 * 1024;
  writeFileSync(join(server.host.folder, 'renderer', 'large.txt'), Buffer.alloc(bytes, 'x'));
  const text = 'x'.repeat(24 * 1024 * 1024);
  await server.host.call('scenarios.autosave', { path: null, text });
  const file = rawConnection(server);
  file.socket.write(`${head(server, 'GET /large.txt HTTP/1.1')}\r\n`);
  const reply = rawConnection(server);
  const lines = ['POST /api/app.info HTTP/1.1', 'content-type: application/json', 'content-length: 2'];
  reply.socket.write(`${head(server, ...lines)}\r\n{}`);
  for (const { socket } of [file, reply]) {
    // The answer has begun; the rest is not read.
    await new Promise((resolve) => socket.once('data', resolve));
    socket.pause();
  }
  // The server lets go of both; what the system held for them is all that comes when they read on.
  for (const { socket } of [file, reply]) {
    await ends.closed(socket);
    socket.resume();
  }
  expect((await file.ended).length).toBeLessThan(bytes);
  expect((await reply.ended).length).toBeLessThan(text.length);
  expect((await server.call('app.info', {})).status).toBe(200);
});

it('waits for an answer that takes longer to work out than an unread one may lie there', async () => {
  const server = await Server.start({ limits: SHORT });
  const { listRuns } = server.host.store;
  server.host.store.listRuns = async () => {
    await sleep(1000);
    return listRuns.call(server.host.store);
  };
  const answer = await server.call('runs.list', {});
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.body)).toEqual({ ok: true, data: [] });
});

it('cuts off a client of the events that does not read, at a bounded amount, and no other', async () => {
  const unsentEventBytes = 1024 * 1024;
  const server = await Server.start({ limits: { unsentEventBytes } });
  const [slow, quick] = [await server.listener(), await server.listener()];
  const closed = new Promise<number>((resolve) => slow.socket.on('close', resolve));
  slow.socket.on('error', () => {});
  slow.socket.pause();
  const id = 'x'.repeat(256 * 1024);
  const sent = 256;
  const received = ({ events }: typeof slow) =>
    events.filter(({ event, data }) => event === 'action' && (data as { id: string }).id.length === id.length).length;
  for (let event = 1; event <= sent; event++) {
    server.host.api.emit('action', { id });
    // One that reads is never behind.
    await expect.poll(() => received(quick), { interval: 1 }).toBe(event);
  }
  expect(quick.socket.readyState).toBe(WebSocket.OPEN);
  slow.socket.resume();
  expect(await closed).toBe(1006);
  expect(received(slow)).toBeLessThan(sent);
});
