import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { DemoBackend } from '../../src/main/demo/demo-backend';
import { RunController } from '../../src/main/runs/run-controller';
import { StoreError } from '../../src/main/store/run-store';
import { SqliteStore } from '../../src/main/store/sqlite-store';
import { buildReport } from '../../src/shared/stats/report';
import { isAlive } from '../support/is-alive';
import { ObservedHost } from '../support/observed-host';
import { scenarioOf, smallScenario, startRun } from '../support/swarm-run';
import { tempFolder } from '../support/temp-folder';
import { until } from '../support/until';

const root = join(import.meta.dirname, '../..');

const cleanUp: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const clean of cleanUp.splice(0).reverse()) await clean();
});

describe('a shard that is killed in mid-run', () => {
  it('the run finishes, is degraded, says so, and accounts for what was lost', async () => {
    const demo = await DemoBackend.start({ latency: { kind: 'fixed', ms: 200 } });
    cleanUp.push(() => demo.stop());
    const store = SqliteStore.open(join(tempFolder(), 'runs.db'));
    const host = new ObservedHost();
    const controller = new RunController({ host, store });
    const run = await controller.start({
      scenario: scenarioOf({
        nodeswarm: 1,
        name: 'lost',
        target: { baseUrl: demo.url },
        load: { nodes: 30, spawnRate: 30, durationSeconds: 6 },
        nodeTypes: [
          {
            name: 'node',
            wait: { kind: 'constant', seconds: 0.1 },
            tasks: [{ name: 'greet', steps: [{ request: { path: '/greet/1' } }] }],
          },
        ],
      }),
      folder: root,
      shards: 3,
      seed: 1,
    });
    run.on('second', ({ second }) => {
      if (second === 2) process.kill(host.children[1]?.pid ?? 0, 'SIGKILL');
    });
    const data = await run.done;
    const report = buildReport(data);
    expect(data.run.status).toBe('finished');
    expect(data.run.degraded).toBe(true);
    expect(data.run.statusReason).toMatch(
      /^shard 1 was lost at \d+\.\d s \(signal SIGKILL\): 10 nodes gone, \d+ requests in flight counted as aborted$/,
    );
    expect(data.events.map(({ kind }) => kind)).toContain('shard-lost');
    const { started, completed, failed, aborted } = report.accounting;
    expect(started).toBe(completed + failed + aborted);
    expect(aborted).toBeGreaterThan(0);
    expect(report.generator.invalidSeconds).toBeGreaterThan(0);
    const stored = await store.readRun(data.run.id);
    expect(stored?.run).toMatchObject({ status: 'finished', degraded: true, statusReason: data.run.statusReason });
    const seconds = await store.readSeconds(data.run.id);
    expect(seconds.at(-2)?.nodes).toBe(20);
    await store.close();
    await until(() => host.children.every(({ pid }) => pid !== undefined && !isAlive(pid)));
  });

  it('when all of them are gone the run has failed', async () => {
    const demo = await DemoBackend.start({});
    cleanUp.push(() => demo.stop());
    const host = new ObservedHost();
    const run = await new RunController({ host, store: null }).start({
      scenario: scenarioOf({
        nodeswarm: 1,
        name: 'all lost',
        target: { baseUrl: demo.url },
        load: { nodes: 4, spawnRate: 4, durationSeconds: 30 },
        nodeTypes: [
          {
            name: 'node',
            wait: { kind: 'constant', seconds: 0.1 },
            tasks: [{ name: 'greet', steps: [{ request: { path: '/greet/1' } }] }],
          },
        ],
      }),
      folder: root,
      shards: 2,
      seed: 1,
    });
    run.on('second', ({ second }) => {
      if (second === 1) for (const child of host.children) child.kill();
    });
    const data = await run.done;
    expect(data.run.status).toBe('failed');
    expect(data.run.statusReason).toContain('shard 0 was lost');
    expect(data.run.statusReason).toContain('shard 1 was lost');
    const { started, completed, failed, aborted } = buildReport(data).accounting;
    expect(started).toBe(completed + failed + aborted);
  });
});

describe('a store that does not take a second', () => {
  it('the run goes on, says so, and holds the second for reports', async () => {
    const demo = await DemoBackend.start({});
    cleanUp.push(() => demo.stop());
    const store = SqliteStore.open(join(tempFolder(), 'runs.db'));
    const append = store.appendSecond.bind(store);
    store.appendSecond = async (runId, second, events) => {
      if (second.second === 1) throw new StoreError('The disk is full.');
      return append(runId, second, events);
    };
    const steps = [{ request: { path: '/greet/1' } }];
    const nodeTypes = [{ name: 'node', wait: { kind: 'constant' as const, seconds: 0.1 }, tasks: [{ name: 'greet', steps }] }];
    const { run, seconds } = await startRun(smallScenario(demo.url, { nodeTypes }), {}, store);
    const data = await run.done;
    expect(data.run).toMatchObject({ status: 'finished', statusReason: 'history is incomplete: The disk is full.' });
    expect(run.unstoredSeconds).toEqual([seconds[1]]);
    const stored = await store.readSeconds(data.run.id);
    expect(stored.map(({ second }) => second)).toEqual(seconds.map(({ second }) => second).filter((second) => second !== 1));
    await store.close();
  });
});

describe('a controller that is killed in mid-run', () => {
  it('the history keeps all seconds but the last two, the run reads interrupted, and no process is left', async () => {
    const demo = await DemoBackend.start({});
    cleanUp.push(() => demo.stop());
    const file = join(tempFolder(), 'runs.db');
    const cli = join(root, 'out/main/cli.js');
    const scenario = join(root, 'resources/scenarios/iot-backend.nodeswarm.json');
    const controller: ChildProcess = spawn(
      'node',
      [cli, 'run', scenario, '-H', demo.url, '--db', file, '--shards', '2', '-t', '60s'],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    cleanUp.push(() => void controller.kill('SIGKILL'));
    // The run has begun when the backend is greeted; then it goes on for a while.
    await until(() => demo.stats.requests > 0);
    const beganMs = performance.now();
    await sleep(6_500);
    const children = childrenOf(controller.pid ?? 0);
    // Two shards and the store.
    expect(children.length).toBe(3);
    controller.kill('SIGKILL');
    const ranSeconds = (performance.now() - beganMs) / 1000;
    await until(() => children.every((pid) => !isAlive(pid)));

    const store = SqliteStore.open(file);
    const [listed] = await store.listRuns();
    expect(listed?.status).toBe('interrupted');
    const seconds = await store.readSeconds(listed?.id ?? 0);
    expect(seconds.length).toBeGreaterThanOrEqual(Math.floor(ranSeconds) - 2);
    expect(seconds.map(({ second }) => second)).toEqual(seconds.map((_, index) => index));
    const data = await store.readRun(listed?.id ?? 0);
    expect(data?.totals.select(null).started).toBeGreaterThan(0);
    await store.close();
  });
});

/** Process ids of the direct children of a process (Linux). */
function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
}
