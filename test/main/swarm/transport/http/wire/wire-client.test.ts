import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HttpClientOptions } from '../../../../../../src/main/swarm/transport/http/http-client';
import { okResponse, RawServer, writePieces } from '../../../../../support/raw-server';
import { type ExchangeFields, exchangeFor, sendOn, WaitingOwner, WireFixture } from './wire-fixture';

const SECOND_US = 1_000_000;

describe('WireClient', () => {
  const fixtures: WireFixture[] = [];
  const servers: RawServer[] = [];

  async function listen(...parameters: Parameters<typeof RawServer.listen>): Promise<RawServer> {
    const server = await RawServer.listen(...parameters);
    servers.push(server);
    return server;
  }

  function wire(options: Partial<HttpClientOptions> = {}): WireFixture {
    const fixture = new WireFixture(options);
    fixtures.push(fixture);
    return fixture;
  }

  /** What a plain GET of this answer comes to. */
  async function answerOf(
    bytes: string | string[],
    fields: Partial<ExchangeFields> = {},
    options: Partial<HttpClientOptions> = {},
  ) {
    const pieces = [bytes].flat().map((piece) => Buffer.from(piece, 'latin1'));
    const server = await listen((_request, socket) => writePieces(socket, pieces, false));
    return wire(options).once({ port: server.port, ...fields });
  }

  afterEach(async () => {
    for (const fixture of fixtures.splice(0)) fixture.destroy();
    for (const server of servers.splice(0)) await server.close();
  });

  describe('a request', () => {
    it('is sent as request line, header lines, content-length and body', async () => {
      const server = await listen((_request, socket) => socket.write(okResponse()));
      const headerLines = 'host: test\r\nx: \xe4\r\n';
      await wire().once({ port: server.port, method: 'POST', path: '/data?x=1', headerLines, body: '{"a":"\xc3\xa4"}' });
      const [request] = server.requests;
      expect(request?.head).toBe('POST /data?x=1 HTTP/1.1\r\nhost: test\r\nx: \xe4\r\ncontent-length: 10');
      expect(request?.body.toString('utf8')).toBe('{"a":"ä"}');
    });

    it('has no content-length without a body, and 0 with an empty one', async () => {
      const server = await listen((_request, socket) => socket.write(okResponse()));
      const fixture = wire();
      await fixture.once({ port: server.port, body: null });
      await fixture.once({ port: server.port, method: 'POST', body: '' });
      expect(server.requests.map(({ head }) => /content-length: (\d+)/.exec(head)?.[1])).toEqual([undefined, '0']);
    });

    it('of a megabyte arrives whole', async () => {
      const server = await listen((request, socket) => socket.write(okResponse(`${request.body.length}`)));
      const exchange = await wire().once({ port: server.port, method: 'POST', body: '\xff'.repeat(1_000_000), capture: true });
      expect(exchange.responseBody?.toString()).toBe('1000000');
      expect(server.requests[0]?.body.every((octet) => octet === 0xff)).toBe(true);
    });
  });

  describe('a fleet that leaves', () => {
    it('has its connections closed bit by bit, and an answer that comes meanwhile is read', async () => {
      const server = await listen((request, socket) => {
        if (!request.head.includes('/late')) socket.write(okResponse());
        else setTimeout(() => socket.write(okResponse()), 1);
      });
      const fixture = wire();
      const channels = Array.from({ length: 200 }, () => fixture.client.openChannel());
      await Promise.all(channels.map((channel) => sendOn(channel, { port: server.port })));
      const last = fixture.client.openChannel();
      const late = sendOn(last, { port: server.port, path: '/late' });
      for (const channel of channels) channel.close();
      expect(fixture.client.openSockets).toBe(201);
      await new Promise((resolve) => setImmediate(resolve));
      expect(fixture.client.openSockets).toBeGreaterThan(150);
      await expect.poll(() => fixture.client.openSockets).toBe(1);
      expect(await late).toMatchObject({ status: 200, error: null });
      last.close();
      await expect.poll(() => fixture.client.openSockets).toBe(0);
    });

    it('hears no more of what was in flight', async () => {
      let answer = () => {};
      const server = await listen((_request, socket) => {
        answer = () => socket.write(okResponse());
      });
      const fixture = wire();
      const owner = new WaitingOwner();
      const channel = fixture.client.openChannel();
      channel.send(exchangeFor({ port: server.port }, owner));
      await expect.poll(() => server.requests.length).toBe(1);
      channel.close();
      expect(fixture.client.openSockets).toBe(0);
      answer();
      await sleep(20);
      expect(owner.calls).toBe(0);
    });
  });

  describe('an answer', () => {
    it('is measured: times in order, bytes of the body', async () => {
      const exchange = await answerOf(['HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhel', 'lo']);
      expect(exchange).toMatchObject({ status: 200, bodyBytes: 5, error: null, responseHead: '', responseBody: null, resent: 0 });
      expect(exchange.grantedUs).toBe(0);
      expect(exchange.connectUs).toBeGreaterThan(0);
      expect(exchange.tlsUs).toBe(-1);
      expect(exchange.firstByteUs).toBeGreaterThanOrEqual(exchange.sentUs + exchange.connectUs);
      expect(exchange.doneUs).toBeGreaterThanOrEqual(exchange.firstByteUs);
    });

    it('is kept with capture, head and body', async () => {
      const exchange = await answerOf('\r\nHTTP/1.1 200 OK\r\nx: \xe4 \r\ncontent-length: 2\r\n\r\nhi', { capture: true });
      expect(exchange.responseHead).toBe('HTTP/1.1 200 OK\r\nx: \xe4 \r\ncontent-length: 2');
      expect(exchange.responseBody?.toString()).toBe('hi');
    });

    it('with an unexpected status is kept with the first 4 KB of its body', async () => {
      const exchange = await answerOf(`HTTP/1.1 503 Busy\r\ncontent-length: 9000\r\n\r\n${'x'.repeat(9000)}`);
      expect(exchange).toMatchObject({ status: 503, error: null, bodyBytes: 9000 });
      expect(exchange.responseHead).toBe('HTTP/1.1 503 Busy\r\ncontent-length: 9000');
      expect(exchange.responseBody?.length).toBe(4096);
    });

    it('is expected or not by the exchange', async () => {
      const expected = await answerOf('HTTP/1.1 503 Busy\r\ncontent-length: 1\r\n\r\nx', {
        expectsStatus: (status) => status === 503,
      });
      expect(expected).toMatchObject({ status: 503, responseHead: '', responseBody: null });
    });

    it('may come byte by byte', async () => {
      const bytes = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;a="b"\r\nabc\r\n2\r\nde\r\n0\r\nx: y\r\n\r\n';
      const exchange = await answerOf([...bytes], { capture: true });
      expect(exchange).toMatchObject({ status: 200, bodyBytes: 5, error: null });
      expect(exchange.responseBody?.toString()).toBe('abcde');
    });

    it('may be larger than the read buffer', async () => {
      const body = Array.from({ length: 300_000 }, (_, i) => String.fromCharCode(i % 251)).join('');
      const exchange = await answerOf(okResponse(body), { capture: true });
      expect(exchange.responseBody?.toString('latin1') === body).toBe(true);
    });

    it('may come after interim answers, 100 among them, but not after endless ones', async () => {
      const interim = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n';
      const exchange = await answerOf(interim + okResponse(), { capture: true });
      expect(exchange).toMatchObject({ status: 200, error: null, responseHead: 'HTTP/1.1 200 OK\r\ncontent-length: 2' });
      const endless = await answerOf('HTTP/1.1 102 Processing\r\n\r\n'.repeat(40) + okResponse());
      expect(endless.error).toBe('MalformedResponse: too many interim answers');
    });

    it.each([
      ['SSH-2.0-OpenSSH_9.2\r\n', 'invalid status line'],
      ['HTTP/1.1 200 OK\r\nx : y\r\n\r\n', 'invalid header field'],
      ['HTTP/1.1 200 OK\r\nx: y\n\r\n', 'invalid header field'],
      ['HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n', 'invalid content-length'],
      ['HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 1\r\n\r\nx', 'content-length given twice'],
      ['HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\nx', 'content-length with transfer-encoding'],
      ['HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n', 'invalid chunk size'],
      ['HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\nxyz\r\n', 'chunk longer than its size'],
      ['HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n', 'unexpected protocol upgrade'],
      [`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(66_000)}\r\n\r\n`, 'head too large'],
      [`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(66_000)}`, 'head too large'],
      [`HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(11_000)}`, 'head too large'],
      ['HTTP/1.1 200 OK\r\ncontent-length: 1000001\r\n\r\n', 'body too large'],
      ['HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nfffff\r\n', 'body too large'],
      [`HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(1_000_001)}`, 'body too large'],
    ])('that is malformed is named, without waiting for its end: %#', async (bytes, why) => {
      const exchange = await answerOf(bytes);
      expect(exchange.error).toBe(`MalformedResponse: ${why}`);
      expect(exchange.errorDetail).not.toBe('');
    });

    it('that breaks off fails with the place where it did', async () => {
      const fixture = wire();
      const cases: [string, string][] = [
        ['', 'before the answer'],
        ['HTTP/1.1 2', 'within the head'],
        ['HTTP/1.1 200 OK\r\nx: y\r\n', 'within the head'],
        ['HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nabc', 'after 3 bytes'],
        ['HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nabc', 'after 3 bytes'],
      ];
      for (const [bytes, place] of cases) {
        const server = await listen((_request, socket) => socket.end(bytes));
        const exchange = await fixture.once({ port: server.port });
        expect(exchange).toMatchObject({ error: 'ConnectionReset', resent: 0 });
        expect(exchange.errorDetail).toContain(place);
      }
    });
  });

  describe('a connection per node', () => {
    it('is opened at the first request and kept', async () => {
      const server = await listen((_request, socket) => socket.write(okResponse()));
      const { client } = wire();
      const channel = client.openChannel();
      expect(client.openSockets).toBe(0);
      const first = await sendOn(channel, { port: server.port });
      const second = await sendOn(channel, { port: server.port });
      expect(first.connectUs).toBeGreaterThan(0);
      expect(second.connectUs).toBe(-1);
      expect(server.requests.map(({ connection, index }) => [connection, index])).toEqual([
        [0, 0],
        [0, 1],
      ]);
      expect(client.openSockets).toBe(1);
      channel.close();
      await expect.poll(() => client.openSockets).toBe(0);
    });

    it.each([
      ['connection: close', 'HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 1\r\n\r\nx'],
      ['HTTP/1.0', 'HTTP/1.0 200 OK\r\ncontent-length: 1\r\n\r\nx'],
      ['bytes behind the end', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nxy'],
      ['a malformed answer', 'HTTP/1.1 200 OK\r\nx\r\n\r\n'],
      ['a 204 that announces a body', 'HTTP/1.1 204 No Content\r\ncontent-length: 1\r\n\r\n'],
    ])('is not used again after %s', async (_what, bytes) => {
      const server = await listen((_request, socket) => socket.write(bytes));
      const { client } = wire();
      const channel = client.openChannel();
      await sendOn(channel, { port: server.port });
      expect(client.openSockets).toBe(0);
      await sendOn(channel, { port: server.port });
      expect(server.accepted).toBe(2);
    });

    it.each([
      ['HTTP/1.0 with keep-alive', 'HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\ncontent-length: 1\r\n\r\nx', 'GET'],
      ['204', 'HTTP/1.1 204 No Content\r\n\r\n', 'GET'],
      ['304 with a length', 'HTTP/1.1 304 Not Modified\r\ncontent-length: 9\r\n\r\n', 'GET'],
      ['HEAD with a length', 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n', 'HEAD'],
      ['HEAD chunked', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', 'HEAD'],
      ['chunked with trailers', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\nx\r\n0\r\na: b\r\n\r\n', 'GET'],
    ])('is used again after %s', async (_what, bytes, method) => {
      const server = await listen((_request, socket) => socket.write(bytes));
      const channel = wire().client.openChannel();
      const first = await sendOn(channel, { port: server.port, method });
      const second = await sendOn(channel, { port: server.port, method });
      expect([first.error, second.error, second.connectUs, server.accepted]).toEqual([null, null, -1, 1]);
    });

    it('is closed after an answer that ends with the connection', async () => {
      const server = await listen((_request, socket) => socket.end('HTTP/1.1 200 OK\r\n\r\nuntil the end'));
      const exchange = await wire().once({ port: server.port, capture: true });
      expect(exchange).toMatchObject({ error: null, bodyBytes: 13 });
    });

    it('is opened for each request without keep-alive', async () => {
      const server = await listen((_request, socket) => socket.write(okResponse()));
      const { client } = wire({ keepAlive: false });
      const channel = client.openChannel();
      const first = await sendOn(channel, { port: server.port });
      const second = await sendOn(channel, { port: server.port, body: 'x' });
      expect(first.connectUs).toBeGreaterThan(0);
      expect(second.connectUs).toBeGreaterThan(0);
      expect(server.accepted).toBe(2);
      expect(server.requests[0]?.head).toContain('\r\nconnection: close');
      expect(client.openSockets).toBe(0);
    });

    it('that the server closes while it is idle is no error: the next request opens another', async () => {
      const server = await listen((_request, socket) => socket.write(okResponse()));
      const { client } = wire();
      const channel = client.openChannel();
      await sendOn(channel, { port: server.port });
      for (const socket of server.sockets) socket.end();
      await expect.poll(() => client.openSockets).toBe(0);
      const second = await sendOn(channel, { port: server.port });
      expect(second).toMatchObject({ error: null, resent: 0 });
      expect(second.connectUs).toBeGreaterThan(0);
    });

    it('on which the server speaks unasked is closed', async () => {
      const server = await listen((_request, socket) => socket.write(okResponse()));
      const { client } = wire();
      const channel = client.openChannel();
      await sendOn(channel, { port: server.port });
      for (const socket of server.sockets) socket.write('HTTP/1.1 408 Request Timeout\r\n\r\n');
      await expect.poll(() => client.openSockets).toBe(0);
      expect(await sendOn(channel, { port: server.port })).toMatchObject({ status: 200, error: null });
      expect(server.accepted).toBe(2);
    });

    it.each(['FIN', 'RST'])('closed by the server on a second request (%s): it is sent again, once', async (how) => {
      const server = await listen((request, socket) => {
        if (request.connection > 0 || request.index === 0) socket.write(okResponse());
        else if (how === 'FIN') socket.end();
        else socket.resetAndDestroy();
      });
      const channel = wire().client.openChannel();
      await sendOn(channel, { port: server.port });
      const second = await sendOn(channel, { port: server.port, path: '/second', method: 'POST', body: 'b' });
      expect(second).toMatchObject({ error: null, status: 200, resent: 1 });
      expect(second.connectUs).toBeGreaterThan(0);
      expect(server.requests.filter(({ path }) => path === '/second')).toHaveLength(2);
    });

    it('closed by the server on the second try as well: the request fails', async () => {
      const server = await listen((request, socket) => {
        if (request.connection === 0 && request.index === 0) socket.write(okResponse());
        else socket.resetAndDestroy();
      });
      const channel = wire().client.openChannel();
      await sendOn(channel, { port: server.port });
      const second = await sendOn(channel, { port: server.port });
      expect(second).toMatchObject({ error: 'ConnectionReset', resent: 1 });
      expect(server.requests).toHaveLength(3);
    });

    it('closed within the answer to a second request: it is not sent again', async () => {
      const server = await listen((request, socket) => {
        if (request.index === 0) socket.write(okResponse());
        else socket.end('H');
      });
      const channel = wire().client.openChannel();
      await sendOn(channel, { port: server.port });
      expect(await sendOn(channel, { port: server.port })).toMatchObject({ error: 'ConnectionReset', resent: 0 });
      expect(server.requests).toHaveLength(2);
    });

    it('that is new and closed without an answer: it is not sent again', async () => {
      const server = await listen((_request, socket) => socket.resetAndDestroy());
      const exchange = await wire().once({ port: server.port });
      expect(exchange).toMatchObject({ error: 'ConnectionReset', resent: 0 });
      expect(server.requests).toHaveLength(1);
    });

    it('is kept beside the one to where a redirect leads', async () => {
      const home = await listen((_request, socket) => socket.write(okResponse()));
      const foreign = await listen((_request, socket) => socket.write(okResponse()));
      const third = await listen((_request, socket) => socket.write(okResponse()));
      const { client } = wire();
      const channel = client.openChannel();
      for (const server of [home, foreign, home, foreign]) await sendOn(channel, { port: server.port });
      expect([home.accepted, foreign.accepted, client.openSockets]).toEqual([1, 1, 2]);
      await sendOn(channel, { port: third.port });
      expect(client.openSockets).toBe(2);
      await sendOn(channel, { port: home.port });
      expect(home.accepted).toBe(1);
    });

    it('that answers before it has read the request is not used again', async () => {
      const server = await listen(() => {});
      const fixture = wire();
      const channel = fixture.client.openChannel();
      const owner = new WaitingOwner();
      const exchange = exchangeFor({ port: server.port, method: 'POST', body: 'x'.repeat(50_000_000) }, owner);
      channel.send(exchange);
      await expect.poll(() => server.sockets.size).toBe(1);
      for (const socket of server.sockets) {
        socket.pause();
        socket.write('HTTP/1.1 413 Too Large\r\ncontent-length: 0\r\n\r\n');
      }
      await owner.done;
      expect(exchange).toMatchObject({ status: 413, error: null });
      expect(fixture.client.openSockets).toBe(0);
    });
  });

  describe('time', () => {
    it('runs out for an answer: ResponseTimeout, and the connection is closed', async () => {
      const server = await listen((_request, socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nab'));
      const { client } = wire();
      const channel = client.openChannel();
      const exchange = await sendOn(channel, { port: server.port, timeoutUs: 60_000 });
      expect(exchange.error).toBe('ResponseTimeout');
      expect(exchange.doneUs - exchange.sentUs).toBeGreaterThanOrEqual(60_000);
      expect(client.openSockets).toBe(0);
    });

    it('is counted anew for each request, and a shorter one is kept to', async () => {
      const server = await listen((request, socket) => {
        if (request.path === '/slow') setTimeout(() => socket.write(okResponse()), 150);
        else if (request.path === '/') socket.write(okResponse());
      });
      const channel = wire().client.openChannel();
      expect(await sendOn(channel, { port: server.port, timeoutUs: 200_000 })).toMatchObject({ error: null });
      await sleep(150);
      expect(await sendOn(channel, { port: server.port, path: '/slow', timeoutUs: 30 * SECOND_US })).toMatchObject({
        error: null,
      });
      const exchange = await sendOn(channel, { port: server.port, path: '/never', timeoutUs: 50_000 });
      expect(exchange.error).toBe('ResponseTimeout');
      expect(exchange.doneUs - exchange.sentUs).toBeLessThan(10 * SECOND_US);
    });

    it('runs out for a connect: ConnectTimeout', async () => {
      // TLS to a server that never says a word: TCP connects, the handshake does not come to an end.
      const server = await listen(() => {});
      const fixture = wire({ connectTimeoutUs: 50_000 });
      const exchange = await fixture.once({ port: server.port, secure: true });
      expect(exchange).toMatchObject({ error: 'ConnectTimeout', firstByteUs: -1 });
      expect(exchange.doneUs - exchange.sentUs).toBeGreaterThanOrEqual(50_000);
      expect(fixture.client.openSockets).toBe(0);
    });
  });

  describe('what is given up', () => {
    it('after the request was sent: its owner hears no more, the channel goes on', async () => {
      const server = await listen((request, socket) => {
        if (request.path === '/') socket.write(okResponse());
      });
      const { client } = wire();
      const channel = client.openChannel();
      const owner = new WaitingOwner();
      channel.send(exchangeFor({ port: server.port, path: '/never' }, owner));
      await expect.poll(() => server.requests.length).toBe(1);
      channel.abort();
      expect(client.openSockets).toBe(0);
      expect(await sendOn(channel, { port: server.port })).toMatchObject({ error: null, status: 200 });
      expect(owner.calls).toBe(0);
    });

    it('while connecting, while idle, and all at once', async () => {
      const server = await listen((request, socket) => {
        if (request.path === '/') socket.write(okResponse());
      });
      const { client } = wire();
      const owner = new WaitingOwner();
      const connecting = client.openChannel();
      connecting.send(exchangeFor({ port: server.port }, owner));
      connecting.abort();
      connecting.abort();
      const idle = client.openChannel();
      await sendOn(idle, { port: server.port });
      idle.abort();
      expect(client.openSockets).toBe(1);
      const flying = client.openChannel();
      flying.send(exchangeFor({ port: server.port, path: '/never' }, owner));
      await expect.poll(() => server.requests.length).toBe(2);
      client.destroy();
      await expect.poll(() => server.sockets.size).toBe(0);
      expect(owner.calls).toBe(0);
      expect(client.openSockets).toBe(0);
    });
  });

  describe('a failure to connect', () => {
    it('is named: refused, unknown host, foreign source address', async () => {
      const server = await RawServer.listen(() => {});
      const { port } = server;
      await server.close();
      expect((await wire().once({ port })).error).toBe('ConnectionRefused');
      const unknown = await wire().once({ port, hostname: 'no-such-host.invalid' });
      expect(unknown.error).toBe('DnsError');
      expect(unknown.errorDetail).toContain('no-such-host.invalid');
      const foreign = wire({ localAddresses: ['192.0.2.1'] });
      expect((await foreign.once({ port })).error).toBe('AddressNotAvailable');
      expect(foreign.client.takeExhausted()).toBeNull();
      const family = await wire({ localAddresses: ['::1'] }).once({ port });
      expect(family).toMatchObject({ error: 'AddressNotAvailable' });
    });

    it('to a port that is none is told, not thrown', async () => {
      const exchange = await wire().once({ port: 70_000 });
      expect(exchange.error).toBe('NetworkError');
    });
  });

  describe('addresses', () => {
    it('are taken in turn as source', async () => {
      // Only macOS needs to be told of further loopback addresses.
      const sources = process.platform === 'darwin' ? ['127.0.0.1'] : ['127.0.0.1', '127.0.0.2'];
      const peers = new Set<string | undefined>();
      const server = await listen((_request, socket) => {
        peers.add(socket.remoteAddress);
        socket.write(okResponse());
      });
      const fixture = wire({ localAddresses: sources, keepAlive: false });
      for (let i = 0; i < 4; i++) await fixture.once({ port: server.port });
      expect([...peers].sort()).toEqual(sources);
    });
  });

  describe('an owner that throws', () => {
    let raised: unknown[] = [];
    let listeners: NodeJS.UncaughtExceptionListener[] = [];

    beforeEach(() => {
      raised = [];
      listeners = process.listeners('uncaughtException');
      process.removeAllListeners('uncaughtException');
      process.on('uncaughtException', (error) => raised.push(error));
    });

    afterEach(() => {
      process.removeAllListeners('uncaughtException');
      for (const listener of listeners) process.on('uncaughtException', listener);
    });

    it('harms no other exchange, and is not kept quiet', async () => {
      const server = await listen((_request, socket) => socket.write(okResponse()));
      const channel = wire().client.openChannel();
      const owner = {
        exchangeDone: () => {
          throw new Error('a fault of the node');
        },
      };
      channel.send(exchangeFor({ port: server.port }, owner));
      await expect.poll(() => raised.map(String)).toEqual(['Error: a fault of the node']);
      expect(await sendOn(channel, { port: server.port })).toMatchObject({ error: null, connectUs: -1 });
    });
  });
});
