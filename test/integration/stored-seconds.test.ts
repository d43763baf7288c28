import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DemoBackend } from '../../src/main/demo/demo-backend';
import { SqliteStore } from '../../src/main/store/sqlite-store';
import { RunTotals } from '../../src/shared/stats/totals';
import { childrenOf } from '../soak/process-files';
import { smallScenario, startRun } from '../support/swarm-run';
import { tempFolder } from '../support/temp-folder';

type Step = { request: { path: string; name: string } };
const greet: Step = { request: { path: '/greet/1', name: '/greet' } };

/** A run of two shards that is stored, and what came of it once something was done to it in its second `second`. */
async function storedRun(onStop: Step[], second: number, act: (shard: number, stop: () => void) => void) {
  const demo = await DemoBackend.start({});
  onTestFinished(() => demo.stop());
  const store = SqliteStore.open(join(tempFolder(), 'runs.db'));
  onTestFinished(() => store.close());
  const others = childrenOf(process.pid);
  const document = smallScenario(demo.url, {
    load: { nodes: 20, spawnRate: 100 },
    nodeTypes: [{ name: 'node', wait: { kind: 'constant', seconds: 0.05 }, tasks: [{ name: 'greet', steps: [greet] }], onStop }],
  });
  const { run, seconds } = await startRun(document, { shards: 2 }, store);
  const shard = childrenOf(process.pid).filter((pid) => !others.includes(pid))[1] ?? 0;
  run.on('second', (merged) => {
    if (merged.second === second) act(shard, () => run.stop());
  });
  const data = await run.done;
  const stored = await store.readSeconds(data.run.id);
  const totals = new RunTotals();
  for (const one of stored) totals.addSecond(one);
  return { data, seconds, stored, totals };
}

describe('every second that a run tells of is stored', () => {
  it('also when a shard was stopped for longer than the others wait for it', async () => {
    const { data, seconds, stored, totals } = await storedRun([], 1, (shard, stop) => {
      process.kill(shard, 'SIGSTOP');
      setTimeout(() => process.kill(shard, 'SIGCONT'), 7_500);
      setTimeout(stop, 10_000);
    });
    expect(data.run).toMatchObject({ status: 'stopped', degraded: false, statusReason: '' });
    expect(seconds.some(({ health }) => health.reasons.includes('shard 1 reported late'))).toBe(true);
    expect(stored.map(({ second }) => second)).toEqual(seconds.map((_, second) => second));
    expect(totals.select(null).started).toBe(data.totals.select(null).started);
  });

  it('also the one in which it was stopped, when nodes end with a request of the same name', async () => {
    const { data, seconds, stored, totals } = await storedRun([greet], 1, (_shard, stop) => setTimeout(stop, 300));
    expect(data.run).toMatchObject({ status: 'stopped', statusReason: '' });
    expect(stored.map(({ second }) => second)).toEqual(seconds.map((_, second) => second));
    for (const { series } of seconds) expect(new Set(series.map(({ phase }) => phase)).size).toBe(series.length);
    expect(totals.select(null).started).toBe(data.totals.select(null).started);
  });
});
