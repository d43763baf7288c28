import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ScenarioDocument } from '../../src/shared/scenario/schema';
import { calculate, serviceOf } from '../truth/calculations/paced-nodes';
import { ascending, percentileOf } from '../truth/calculations/sample';
import { finished, Laboratory } from '../truth/laboratory';
import type { Behaviour } from '../truth/server/behaviour';
import { monotonicUs } from '../truth/server/monotonic';

// The part of `npm run truth` that holds on any machine, however busy: what is exact by definition, and bounds that no delay can break,
// because nothing is ever sent early.

let laboratory: Laboratory;
beforeAll(async () => {
  laboratory = await Laboratory.open({ favoured: false });
});
afterAll(async () => {
  await laboratory.close();
});

type NodeType = ScenarioDocument['nodeTypes'][number];

function asking(name: string, wait: NodeType['wait'], fixedCount = 1): NodeType {
  return { name, fixedCount, wait, tasks: [{ name, steps: [{ request: { path: `/${name}/{{node.index}}`, name } }] }] };
}

function documentOf(baseUrl: string, nodeTypes: NodeType[], durationSeconds?: number): ScenarioDocument {
  const nodes = nodeTypes.reduce((sum, { fixedCount = 1 }) => sum + fixedCount, 0);
  return { nodeswarm: 1, name: 'truth', target: { baseUrl }, load: { nodes, spawnRate: 1000, durationSeconds }, nodeTypes };
}

describe('coordinated omission', () => {
  it('a stall shows in response from schedule as calculated, and every slot is either sent or missed', async () => {
    // The stall covers slots 2 and 3; until the stop there are slots 0 to 4, and the next is far.
    const stall: Behaviour = { kind: 'stall', stallMs: 2200, otherwiseMs: 1, at: 1 };
    const [stopSeconds, slots] = [4.1, 5];
    const server = await laboratory.serve({ skip: stall, queue: stall });
    const wait = (onOverrun: 'skip' | 'queue') => ({ kind: 'pacing', seconds: 1, onOverrun }) as const;
    const run = await laboratory.measure(
      documentOf(server.url, [asking('skip', wait('skip')), asking('queue', wait('queue'))], stopSeconds),
    );
    const log = await server.log();
    const [skip, queue] = [0, 1].map((series) => run.data.totals.select(series));
    if (!skip || !queue) throw new Error('a series is missing');

    expect(skip.started + skip.missed).toBe(slots);
    expect(skip.missed).toBeGreaterThanOrEqual(2);
    expect(queue.started + queue.missed).toBe(slots);
    for (const [index, name] of ['skip', 'queue'].entries()) {
      expect(log.filter(({ path }) => path === name).length).toBe(run.data.totals.select(index).started);
    }

    const truth = calculate(
      [{ spawnUs: 0, periodUs: 1e6, onOverrun: 'queue' }],
      serviceOf((nth) => (nth === 1 ? 2_200_000 : 1000), 0),
      stopSeconds * 1e6,
    );
    const least = ascending(truth.requests.map(({ doneUs, intendedUs }) => doneUs - intendedUs));
    // Slots 1, 2 and 3 of five suffer: the stall itself, then 1.2 s and 0.2 s of what is left of it.
    for (const p of [50, 75, 90]) expect(queue.responseFromSchedule.percentile(p)).toBeGreaterThanOrEqual(percentileOf(least, p));
    const server1 = ascending(log.filter(({ path }) => path === 'queue').map(({ sentUs, receivedUs }) => sentUs - receivedUs));
    // Latency is never below what the server took, and knows of one stall only.
    for (const p of [20, 50, 100])
      expect(queue.latency.percentile(p)).toBeGreaterThanOrEqual(Math.floor(percentileOf(server1, p)));
    expect(queue.responseFromSchedule.sum - queue.latency.sum).toBeGreaterThanOrEqual(1_400_000);
  });
});

describe('generator honesty', () => {
  it('seconds in which the engine is stopped again and again are marked, though no request is late by its schedule', async () => {
    const server = await laboratory.serve({ work: { kind: 'delay', distribution: { kind: 'constant', ms: 2 } } });
    const watched = await laboratory.start(documentOf(server.url, [asking('work', { kind: 'constant', seconds: 0 }, 3)]));
    const [shard = 0] = watched.shards;
    await sleep(500);
    const from = (monotonicUs() - watched.beganUs) / 1e6;
    for (let pulse = 0; pulse < 30; pulse++) {
      process.kill(shard, 'SIGSTOP');
      await sleep(60);
      process.kill(shard, 'SIGCONT');
      await sleep(40);
    }
    const to = (monotonicUs() - watched.beganUs) / 1e6;
    watched.run.stop();
    const { seconds } = await finished(watched);
    const within = seconds.filter(({ second, lengthSeconds }) => lengthSeconds === 1 && second >= from && second + 1 <= to);
    expect(within.length).toBeGreaterThanOrEqual(1);
    for (const { health } of within) {
      expect(health.valid).toBe(false);
      expect(health.reasons.join()).toContain('held up');
    }
  });
});

describe('accounting', () => {
  it('closes, and agrees with the server, whatever the server does to a request', async () => {
    const server = await laboratory.serve({
      work: { kind: 'faults', deeds: ['answer', 'error 503', 'answer', 'reset', 'answer', 'close', 'garbage'], ms: 2 },
    });
    const run = await laboratory.measure(documentOf(server.url, [asking('work', { kind: 'constant', seconds: 0.02 }, 5)], 3));
    const log = await server.log();
    const did = (deed: string) => log.filter((request) => request.deed === deed).length;
    const failed = (name: string) =>
      run.report.failures.filter(({ error }) => error.startsWith(name)).reduce((sum, { occurrences }) => sum + occurrences, 0);
    const { started, completed, aborted } = run.report.accounting;
    const { resent } = run.data.totals.select(null);
    expect(started).toBeGreaterThan(20);
    expect(started).toBe(completed + run.report.accounting.failed + aborted);
    expect(log.length).toBe(started + resent);
    expect(completed).toBe(did('answer'));
    expect(failed('HTTP 503')).toBe(did('error 503'));
    expect(failed('MalformedResponse')).toBe(did('garbage'));
    expect(failed('ConnectionReset') + resent).toBe(did('reset') + did('close'));
  });
});
