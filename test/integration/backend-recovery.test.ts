import { createSecureServer } from 'node:http2';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { InMemoryProcessHost } from '../../src/main/process/in-memory-host';
import type { LiveRun } from '../../src/main/runs/run';
import { RunController } from '../../src/main/runs/run-controller';
import type { RunStore } from '../../src/main/store/run-store';
import { SqliteStore } from '../../src/main/store/sqlite-store';
import { shardMain } from '../../src/main/swarm/shard-main';
import type { ScenarioDocument } from '../../src/shared/scenario/schema';
import type { RunEvent } from '../../src/shared/stats/frame';
import { buildReport } from '../../src/shared/stats/report';
import { createCertificate } from '../support/certificates';
import { LoopbackServer, type Place } from '../support/loopback-server';
import { okResponse, RawServer } from '../support/raw-server';
import { scenarioOf } from '../support/swarm-run';
import { tempFolder } from '../support/temp-folder';

type Lookup = (error: Error | null, found: { address: string; family: number }[]) => void;

/** Where `backend.test` is; null: nobody knows. */
let address: string | null = '127.0.0.1';

vi.mock('node:dns', () => ({
  lookup: (_hostname: string, _options: unknown, answer: Lookup) => {
    const found = address;
    setImmediate(() => {
      if (found === null) answer(Object.assign(new Error('getaddrinfo ENOTFOUND backend.test'), { code: 'ENOTFOUND' }), []);
      else answer(null, [{ address: found, family: 4 }]);
    });
  },
}));

const servers: LoopbackServer[] = [];
afterEach(async () => {
  address = '127.0.0.1';
  for (const server of servers.splice(0)) await server.close();
});

async function serve(place: Place = {}): Promise<RawServer> {
  const server = await RawServer.listen((_request, socket) => socket.write(okResponse()), place);
  servers.push(server);
  return server;
}

const pair = createCertificate({ name: 'backend.test' });

/** The same over HTTP/2. `answered`: how many requests. */
async function serveHttp2(place: Place = {}): Promise<{ port: number; answered(): number }> {
  let answered = 0;
  const http2 = createSecureServer(await pair, (_request, response) => {
    answered++;
    response.end('ok');
  });
  const server = await new LoopbackServer(http2).listening(place);
  servers.push(server);
  return { port: server.port, answered: () => answered };
}

async function stopServing(): Promise<void> {
  for (const server of servers.splice(0)) await server.close();
}

async function start(target: ScenarioDocument['target'], store: RunStore | null = null): Promise<LiveRun> {
  const controller = new RunController({ host: new InMemoryProcessHost({ shard: shardMain }), store });
  return controller.start({
    scenario: scenarioOf({
      nodeswarm: 1,
      name: 'recovery',
      target,
      load: { nodes: 10, spawnRate: 100 },
      nodeTypes: [
        {
          name: 'node',
          wait: { kind: 'pacing', seconds: 0.25 },
          tasks: [{ name: 'send', steps: [{ request: { method: 'POST', path: '/data', body: { kind: 'text', text: 'x' } } }] }],
        },
      ],
    }),
    folder: import.meta.dirname,
    shards: 1,
    seed: 1,
    // A proxy whose name nobody knows here has to be confirmed.
    mayTest: ['backend.test'],
  });
}

/** Seconds of the run that are over. */
function secondsOver(run: LiveRun, count: number): Promise<void> {
  return new Promise((resolve) => {
    let left = count;
    run.on('second', () => {
      if (--left === 0) resolve();
    });
  });
}

function recovered(run: LiveRun): Promise<RunEvent> {
  return new Promise((resolve) => {
    run.on('event', (event) => {
      if (event.kind === 'recovered') resolve(event);
    });
  });
}

/** Ends the run; what has to hold of every one that the backend came back to. */
async function judge(run: LiveRun, event: RunEvent) {
  run.stop();
  const data = await run.done;
  const report = buildReport(data);
  const { started, completed, failed, aborted } = report.accounting;
  expect(started).toBe(completed + failed + aborted);
  expect(report.run).toMatchObject({ status: 'stopped', statusReason: '', degraded: false });
  expect(data.events.filter(({ kind }) => kind === 'recovered')).toEqual([event]);
  const [, seconds] = /^POST \/data answers again after (\d+\.\d) s of failures$/.exec(event.text) ?? [];
  const failures = report.failures.map(({ error }) => error);
  return { data, failures, seconds: Number(seconds), report };
}

/** The ways to a backend, which is its own proxy where one is needed. */
const WAYS = (url: string): ScenarioDocument['target'][] => [
  { baseUrl: url },
  { baseUrl: url, connection: 'shared', poolSize: 4 },
  { baseUrl: 'http://127.0.0.1', proxy: url },
];

describe('A backend that restarts in mid-run', () => {
  it('is found again by every node, and the time line says when, over each way to it', async () => {
    const { port } = await serve();
    const store = SqliteStore.open(join(tempFolder(), 'runs.db'));
    const runs = await Promise.all(WAYS(`http://127.0.0.1:${port}`).map((target) => start(target, store)));
    const back = runs.map(recovered);
    await Promise.all(runs.map((run) => secondsOver(run, 1)));
    await stopServing();
    await Promise.all(runs.map((run) => secondsOver(run, 3)));
    await serve({ port });
    for (const [index, run] of runs.entries()) {
      const event = (await back[index]) as RunEvent;
      // Two more rounds of all ten nodes.
      const answered = run.totals.select(null).completed;
      await expect.poll(() => run.totals.select(null).completed, { timeout: 20_000 }).toBeGreaterThan(answered + 20);
      const { data, failures, seconds } = await judge(run, event);
      expect(failures).toContain('ConnectionRefused');
      expect(failures.filter((error) => !['ConnectionRefused', 'ConnectionReset'].includes(error))).toEqual([]);
      // More than a whole second was without an answer; how long exactly is the machine's affair.
      expect(seconds).toBeGreaterThanOrEqual(1);
      expect(seconds * 1000).toBeLessThan(event.atMs);
      expect((await store.readRun(data.run.id))?.events).toContainEqual(event);
    }
    await store.close();
  });
});

describe('A backend whose name changes in mid-run', () => {
  it('is found at its new address by each client, after the name was unknown for a while', { timeout: 60_000 }, async () => {
    const { port } = await serve();
    const { port: http2Port } = await serveHttp2();
    const ways: ScenarioDocument['target'][] = [
      { baseUrl: `http://backend.test:${port}` },
      { baseUrl: `https://backend.test:${http2Port}`, http: '2', tls: { insecure: true } },
      // The proxy moves.
      { baseUrl: 'http://127.0.0.1', proxy: `http://backend.test:${port}` },
    ];
    const runs = await Promise.all(ways.map((target) => start(target)));
    const back = runs.map(recovered);
    await Promise.all(runs.map((run) => secondsOver(run, 1)));
    address = null;
    await stopServing();
    // Nobody is at the old address, and then nobody knows the name.
    for (const run of runs) {
      await expect
        .poll(() => buildReport(run.snapshot()).failures.map(({ error }) => error), { timeout: 20_000 })
        .toContain('DnsError');
    }
    const elsewhere = await serve({ host: '127.0.0.2', port });
    const elsewhereHttp2 = await serveHttp2({ host: '127.0.0.2', port: http2Port });
    address = '127.0.0.2';
    for (const [index, run] of runs.entries()) {
      const { failures } = await judge(run, (await back[index]) as RunEvent);
      expect(failures).toEqual(expect.arrayContaining(['ConnectionRefused', 'DnsError']));
      expect(failures.filter((error) => !['ConnectionRefused', 'ConnectionReset', 'DnsError'].includes(error))).toEqual([]);
    }
    const targets = new Set(elsewhere.requests.map(({ path }) => path));
    expect(targets).toEqual(new Set(['/data', 'http://127.0.0.1/data']));
    expect(elsewhereHttp2.answered()).toBeGreaterThan(0);
  });

  it('keeps its nodes while they are connected: a new address matters to new connections only', async () => {
    const server = await serve();
    const run = await start({ baseUrl: `http://backend.test:${server.port}` });
    await secondsOver(run, 1);
    address = null;
    await secondsOver(run, 2);
    run.stop();
    const report = buildReport(await run.done);
    expect(report.accounting).toMatchObject({ failed: 0, aborted: 0 });
    expect(server.accepted).toBe(10);
  });
});
