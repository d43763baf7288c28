import { afterEach, describe, expect, it } from 'vitest';
import { okResponse, type RawRequest, RawServer } from '../../../../../support/raw-server';
import { exchangeFor, sendOn, WaitingOwner, WireFixture } from './wire-fixture';

describe('ConnectionPool', () => {
  const fixtures: WireFixture[] = [];
  const servers: RawServer[] = [];

  async function listen(...parameters: Parameters<typeof RawServer.listen>): Promise<RawServer> {
    const server = await RawServer.listen(...parameters);
    servers.push(server);
    return server;
  }

  function pool(poolSize: number, keepAlive = true): WireFixture {
    const fixture = new WireFixture({ connection: 'shared', poolSize, keepAlive });
    fixtures.push(fixture);
    return fixture;
  }

  afterEach(async () => {
    for (const fixture of fixtures.splice(0)) fixture.destroy();
    for (const server of servers.splice(0)) await server.close();
  });

  it('carries all nodes over as many connections as it may open, in the order in which they asked', async () => {
    const server = await listen((_request, socket) => setTimeout(() => socket.write(okResponse()), 10));
    const { client } = pool(2);
    const channels = Array.from({ length: 8 }, () => client.openChannel());
    const exchanges = await Promise.all(channels.map((channel, i) => sendOn(channel, { port: server.port, path: `/${i}` })));
    expect(server.accepted).toBe(2);
    expect(client.openSockets).toBe(2);
    const order = server.requests.map(({ path }) => Number(path.slice(1)));
    expect(order.filter((_, i) => i > 1)).toEqual([2, 3, 4, 5, 6, 7]);
    for (const [i, exchange] of exchanges.entries()) {
      expect(exchange.error).toBeNull();
      // The first two need not wait; the others get theirs when an earlier exchange is done, and are sent at that moment.
      if (i < 2) expect(exchange.grantedUs).toBe(0);
      else expect(exchange.grantedUs).toBeGreaterThanOrEqual(Math.min(...exchanges.slice(0, i).map(({ doneUs }) => doneUs)));
      if (i >= 2) expect(exchange.sentUs).toBe(exchange.grantedUs);
    }
  });

  it('serves those who wait before a node that comes again', async () => {
    const served: string[] = [];
    const server = await listen((request, socket) => {
      served.push(request.path);
      socket.write(okResponse());
    });
    const { client } = pool(1);
    const [greedy, patient] = [client.openChannel(), client.openChannel()];
    const again = new WaitingOwner();
    const owner = { exchangeDone: () => greedy.send(exchangeFor({ port: server.port, path: '/greedy-again' }, again)) };
    greedy.send(exchangeFor({ port: server.port, path: '/greedy' }, owner));
    await sendOn(patient, { port: server.port, path: '/patient' });
    await again.done;
    expect(served).toEqual(['/greedy', '/patient', '/greedy-again']);
  });

  it('replaces what the server closed, idle or on a request, and what failed', async () => {
    const answer = (request: RawRequest, socket: { write(text: string): void; resetAndDestroy(): void }) => {
      if (request.path === '/fail' || (request.index === 1 && request.path === '/again')) socket.resetAndDestroy();
      else socket.write(okResponse());
    };
    const server = await listen(answer);
    const { client } = pool(1);
    const channel = client.openChannel();
    await sendOn(channel, { port: server.port });
    expect(await sendOn(channel, { port: server.port, path: '/again' })).toMatchObject({ error: null, resent: 1 });
    for (const socket of server.sockets) socket.end();
    await expect.poll(() => client.openSockets).toBe(0);
    expect(await sendOn(channel, { port: server.port })).toMatchObject({ error: null, resent: 0 });
    expect(await sendOn(channel, { port: server.port, path: '/fail' })).toMatchObject({ error: 'ConnectionReset', resent: 1 });
    const others = await Promise.all([1, 2, 3].map(() => sendOn(client.openChannel(), { port: server.port })));
    expect(others.map(({ error }) => error)).toEqual([null, null, null]);
    expect(client.openSockets).toBe(1);
  });

  it('gives the place of an aborted exchange to the next, and skips who no longer waits', async () => {
    const server = await listen((request, socket) => {
      if (request.path !== '/never') socket.write(okResponse());
    });
    const { client } = pool(1);
    const silent = new WaitingOwner();
    const [holder, gone, next] = [client.openChannel(), client.openChannel(), client.openChannel()];
    holder.send(exchangeFor({ port: server.port, path: '/never' }, silent));
    gone.send(exchangeFor({ port: server.port, path: '/gone' }, silent));
    const waiting = sendOn(next, { port: server.port, path: '/next' });
    await expect.poll(() => server.requests.length).toBe(1);
    gone.abort();
    holder.abort();
    expect(await waiting).toMatchObject({ error: null, status: 200 });
    expect(server.requests.map(({ path }) => path)).toEqual(['/never', '/next']);
    expect(silent.calls).toBe(0);
  });

  it('makes room for another origin by closing an idle connection', async () => {
    const home = await listen((_request, socket) => socket.write(okResponse()));
    const foreign = await listen((_request, socket) => socket.write(okResponse()));
    const { client } = pool(1);
    const channel = client.openChannel();
    for (const server of [home, foreign, foreign, home]) {
      expect(await sendOn(channel, { port: server.port })).toMatchObject({ error: null });
    }
    expect([home.accepted, foreign.accepted, client.openSockets]).toEqual([2, 1, 1]);
  });

  it('opens a connection for each request without keep-alive, but no more at a time than it may', async () => {
    let mostAtOnce = 0;
    const server = await listen((_request, socket) => {
      mostAtOnce = Math.max(mostAtOnce, client.openSockets);
      socket.write(okResponse());
    });
    const { client } = pool(2, false);
    await Promise.all(Array.from({ length: 10 }, () => sendOn(client.openChannel(), { port: server.port })));
    expect(server.accepted).toBe(10);
    expect(mostAtOnce).toBe(2);
  });
});
