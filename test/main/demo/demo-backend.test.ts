import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { DemoBackend, type DemoBackendOptions } from '../../../src/main/demo/demo-backend';

const backends: DemoBackend[] = [];

async function start(options: DemoBackendOptions = {}): Promise<DemoBackend> {
  const backend = await DemoBackend.start(options);
  backends.push(backend);
  return backend;
}

afterEach(async () => {
  for (const backend of backends.splice(0)) await backend.stop();
});

const READING = JSON.stringify({ iot_id: 3, temperature: 21.5, humidity: 40 });

function post(backend: DemoBackend, path: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(backend.url + path, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
}

async function errorOf(response: Response): Promise<string> {
  return ((await response.json()) as { error: string }).error;
}

describe('DemoBackend', () => {
  it('greets a node by its id', async () => {
    const backend = await start();
    const response = await fetch(`${backend.url}/greet/${encodeURIComponent('node ü/1')}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toEqual({ message: 'Hello, node node ü/1' });
  });

  it('takes readings and health reports', async () => {
    const backend = await start();
    expect((await post(backend, '/data', READING)).status).toBe(200);
    const health = await post(backend, '/health', '{"vbat":3.7,"available_memory":512,"n_failed_req":2}');
    expect(await health.json()).toEqual({ status: 'ok' });
  });

  it.each([
    ['/data', '', 'the body is empty'],
    ['/data', '{"temperature":', 'the body is not JSON'],
    ['/data', '[1]', 'must be a JSON object'],
    ['/data', '{"humidity":1}', 'field "temperature" is missing; a number is expected'],
    ['/data', '{"temperature":"hot","humidity":1}', 'field "temperature" must be a number, not "hot"'],
    ['/health', '{"vbat":3,"n_failed_req":1.5}', 'field "n_failed_req" must be a whole number, not 1.5'],
    ['/login', '{}', 'must say who logs in'],
  ])('answers 400 to %s with body %j and says why', async (path, body, why) => {
    const response = await post(await start(), path, body);
    expect(response.status).toBe(400);
    expect(await errorOf(response)).toContain(why);
  });

  it('answers 405 to a wrong method and names the right one', async () => {
    const response = await fetch(`${(await start()).url}/data`);
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
    expect(await errorOf(response)).toBe('/data takes POST, not GET');
  });

  it('answers 404 to an unknown path and lists what there is', async () => {
    const response = await fetch(`${(await start()).url}/dat`);
    expect(response.status).toBe(404);
    expect(await errorOf(response)).toMatch(/there is no \/dat; this backend has GET \/greet\/\{id\}, POST \/data/);
  });

  it('wants an id where there is one', async () => {
    const backend = await start();
    expect((await fetch(`${backend.url}/greet/`)).status).toBe(400);
    expect((await fetch(`${backend.url}/greet`)).status).toBe(400);
    expect((await fetch(`${backend.url}/greet/%E0%A4%A`)).status).toBe(400);
    expect((await fetch(`${backend.url}/ota/1/2`)).status).toBe(404);
  });

  it('answers 413 to a body of more than 1 MB and keeps the connection', async () => {
    const backend = await start();
    const response = await post(backend, '/data', 'x'.repeat(1024 * 1024 + 1));
    expect(response.status).toBe(413);
    expect(await errorOf(response)).toContain('longer than 1048576 bytes');
    expect((await post(backend, '/data', READING)).status).toBe(200);
  });

  it('has an update for one in twenty, the same ones with the same seed', async () => {
    const statuses = async (seed: number) => {
      const backend = await start({ seed });
      const seen: number[] = [];
      for (let id = 0; id < 400; id++) {
        const response = await fetch(`${backend.url}/ota/${id}`);
        seen.push(response.status);
        if (response.status === 200) expect(await response.json()).toHaveProperty('version');
      }
      return seen;
    };
    const first = await statuses(5);
    expect(await statuses(5)).toEqual(first);
    const updates = first.filter((status) => status === 200).length;
    expect(updates).toBeGreaterThan(4);
    expect(updates).toBeLessThan(45);
    expect(first.filter((status) => status === 204)).toHaveLength(400 - updates);
  });

  it('hands out firmware of the size asked for', async () => {
    const backend = await start();
    expect((await (await fetch(`${backend.url}/firmware`)).arrayBuffer()).byteLength).toBe(65_536);
    expect((await (await fetch(`${backend.url}/firmware?size=1000`)).arrayBuffer()).byteLength).toBe(1000);
    const wrong = await fetch(`${backend.url}/firmware?size=huge`);
    expect(wrong.status).toBe(400);
    expect(await errorOf(wrong)).toContain('not "huge"');
  });

  it('knows the tokens that it gave out and no others', async () => {
    const backend = await start();
    const login = await post(backend, '/login', '{"device":"node-7"}');
    const { token } = (await login.json()) as { token: string };
    expect((await post(backend, '/data', READING, { authorization: `Bearer ${token}` })).status).toBe(200);
    const forged = await post(backend, '/data', READING, { authorization: `Bearer ${token}x` });
    expect(forged.status).toBe(401);
    expect(await errorOf(forged)).toContain('not given out by POST /login');
    expect((await post(backend, '/data', READING, { authorization: 'Basic abc' })).status).toBe(401);
    expect((await post(await start(), '/data', READING, { authorization: `Bearer ${token}` })).status).toBe(401);
  });

  it('fails the percentage of requests that was asked for', async () => {
    const backend = await start({ errorPercent: 20, seed: 3 });
    let failed = 0;
    for (let index = 0; index < 500; index++) {
      const response = await post(backend, '/data', READING);
      if (response.status === 503) {
        failed++;
        expect(await errorOf(response)).toContain('simulated');
      } else await response.arrayBuffer();
    }
    // Binomial(500, 0.2): 100 within 4 sigma.
    expect(Math.abs(failed - 100)).toBeLessThan(36);
    expect(backend.stats.routes['POST /data']).toEqual({ requests: 500, rejected: 0, failed });
  });

  it('never answers before its latency has passed', async () => {
    const backend = await start({ latency: { kind: 'fixed', ms: 12.3 } });
    for (let index = 0; index < 20; index++) {
      const sentAt = performance.now();
      await (await post(backend, '/data', READING)).arrayBuffer();
      expect(performance.now() - sentAt).toBeGreaterThanOrEqual(12.3);
    }
  });

  it('is a real queue with a capacity: answers come one service time apart, in order of arrival', async () => {
    const backend = await start({ capacityPerSecond: 200 });
    const order: number[] = [];
    const startedAt = performance.now();
    // Sent one after the other on connections of their own, so that they arrive in this order.
    await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        await sleep(index * 3);
        await getAlone(`${backend.url}/greet/${index}`);
        order.push(index);
      }),
    );
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(20 * 5);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it('answers 503 when its queue is full', async () => {
    const backend = await start({ capacityPerSecond: 10, queueLimit: 3 });
    const responses = await Promise.all(Array.from({ length: 8 }, (_, id) => fetch(`${backend.url}/greet/${id}`)));
    const overloaded = responses.filter(({ status }) => status === 503);
    expect(responses.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(3);
    expect(overloaded.length).toBeGreaterThanOrEqual(1);
    expect(await errorOf(overloaded[0] as Response)).toBe('overloaded: 3 requests are already waiting');
  });

  it('tells its counts on GET /stats without counting that', async () => {
    const backend = await start({ capacityPerSecond: 1000 });
    await post(backend, '/data', READING);
    await post(backend, '/data', '{}');
    await fetch(`${backend.url}/nowhere`);
    const stats = await (await fetch(`${backend.url}/stats`)).json();
    expect(stats).toEqual({
      requests: 3,
      routes: { 'POST /data': { requests: 2, rejected: 1, failed: 0 }, other: { requests: 1, rejected: 1, failed: 0 } },
      queue: { length: expect.any(Number), limit: 1000 },
    });
  });

  it('refuses settings that make no sense and ports that are taken, each with a sentence', async () => {
    await expect(DemoBackend.start({ errorPercent: 120 })).rejects.toThrow('errors must be a percentage from 0 to 100');
    await expect(DemoBackend.start({ capacityPerSecond: -1 })).rejects.toThrow('capacity must be');
    await expect(DemoBackend.start({ latency: { kind: 'lognormal', medianMs: 9, p99Ms: 1 } })).rejects.toThrow('lognormal');
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    await expect(DemoBackend.start({ port })).rejects.toThrow(`port ${port} on 127.0.0.1 is in use`);
    await new Promise((resolve) => other.close(resolve));
  });

  it('stops with answers still due', async () => {
    const backend = await DemoBackend.start({ latency: { kind: 'fixed', ms: 60_000 } });
    const pending = fetch(`${backend.url}/greet/1`).then(
      () => 'answered',
      () => 'dropped',
    );
    await sleep(100);
    await backend.stop();
    expect(await pending).toBe('dropped');
  });
});

/** A GET on a new connection. */
function getAlone(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    request(url, { agent: false }, (response) => response.resume().on('end', resolve))
      .on('error', reject)
      .end();
  });
}
