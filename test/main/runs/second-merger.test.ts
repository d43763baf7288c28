import { describe, expect, it } from 'vitest';
import { SecondMerger } from '../../../src/main/runs/second-merger';
import type { Frame, RunSecond, SeriesDelta, ShardHealth } from '../../../src/shared/stats/frame';
import { packDeltas } from '../../../src/shared/stats/packed-deltas';
import { RunTotals } from '../../../src/shared/stats/totals';
import { histogramOf } from '../../support/recorded-run';

function delta(counts: Partial<SeriesDelta>, latenciesUs: number[] = []): SeriesDelta {
  return {
    series: 0,
    phase: 'steady',
    started: latenciesUs.length,
    completed: latenciesUs.length,
    failed: 0,
    aborted: 0,
    missed: 0,
    resent: 0,
    bodyBytes: 0,
    latency: histogramOf(latenciesUs),
    responseFromSchedule: histogramOf(latenciesUs),
    connect: histogramOf([]),
    ...counts,
  };
}

const healthy: ShardHealth = {
  eventLoopUtilization: 0.2,
  loopDelayMaxMs: 1,
  scheduleLag: histogramOf([500, 600]),
  cpuMs: 200,
  gcPauseMs: 1,
  rssBytes: 1,
  openSockets: 1,
  exhausted: null,
};

function frame(
  shard: number,
  second: number,
  { series = [], ...rest }: Partial<Omit<Frame, 'series'>> & { series?: SeriesDelta[] } = {},
): Frame {
  return {
    kind: 'frame',
    shard,
    sequence: 0,
    second,
    lastOfSecond: true,
    endSeconds: second + 1,
    nodes: [10],
    series: packDeltas(series),
    tasks: Uint32Array.of(),
    failures: [],
    exceptions: [],
    health: healthy,
    loopLagP99Us: 1500,
    heldBack: 0,
    ...rest,
  };
}

function merger(shards: number) {
  const seconds: RunSecond[] = [];
  const merged = new SecondMerger(
    shards,
    () => ({ phase: 'steady', plannedNodes: 20 }),
    (second) => seconds.push(second),
  );
  return { seconds, merged };
}

describe('merging frames into seconds', () => {
  it('gives a second out when every shard has reported the last of it, with counts and histograms added', () => {
    const { seconds, merged } = merger(2);
    merged.add(frame(0, 0, { lastOfSecond: false, health: null, series: [delta({}, [1000, 2000])] }));
    merged.add(frame(0, 0, { series: [delta({ bodyBytes: 7 }, [3000])], tasks: Uint32Array.of(0, 3) }));
    expect(seconds).toEqual([]);
    merged.add(frame(1, 0, { series: [delta({}, [4000]), delta({ series: 1, missed: 2 })], tasks: Uint32Array.of(0, 4) }));
    expect(seconds.length).toBe(1);
    const [second] = seconds;
    expect(second?.nodes).toBe(20);
    expect(second?.tasks).toEqual([[1, 7]]);
    expect(second?.series.map(({ series, started, missed, bodyBytes }) => ({ series, started, missed, bodyBytes }))).toEqual([
      { series: 0, started: 4, missed: 0, bodyBytes: 7 },
      { series: 1, started: 0, missed: 2, bodyBytes: 0 },
    ]);
    expect(second?.series[0]?.latency).toMatchObject({ count: 4, sum: 10_000, min: 1000, max: 4000 });
    expect(second?.health.valid).toBe(true);
  });

  it('adds up failures and exceptions of all frames and shards: each kind is in a second once', () => {
    const { seconds, merged } = merger(2);
    const failure = (atMs: number) => ({
      series: 0,
      error: 'HTTP 503',
      occurrences: 2,
      firstMs: atMs,
      lastMs: atMs + 1,
      samples: [],
    });
    const exception = (node: number, atMs: number) => ({
      message: 'no token',
      nodeType: 'N',
      task: 't',
      step: 0,
      count: 1,
      firstMs: atMs,
      lastMs: atMs,
      nodes: [node],
    });
    merged.add(frame(0, 0, { lastOfSecond: false, health: null, failures: [failure(100)], exceptions: [exception(4, 100)] }));
    merged.add(frame(0, 0, { failures: [failure(900)], exceptions: [exception(4, 900)] }));
    merged.add(frame(1, 0, { failures: [failure(50)], exceptions: [exception(5, 50)] }));
    expect(seconds[0]?.failures).toEqual([
      { series: 0, error: 'HTTP 503', occurrences: 6, firstMs: 50, lastMs: 901, samples: [] },
    ]);
    expect(seconds[0]?.exceptions).toEqual([{ ...exception(4, 50), count: 3, lastMs: 900, nodes: [4, 5] }]);
  });

  it('closes without a shard that is stuck, counts what it reports later, and marks the seconds', () => {
    const { seconds, merged } = merger(2);
    for (let second = 0; second <= 5; second++) merged.add(frame(0, second));
    expect(seconds.map(({ second, health }) => [second, health.valid])).toEqual([[0, false]]);
    expect(seconds[0]?.health.reasons).toEqual(['no report from shard 1']);
    merged.add(frame(1, 0, { series: [delta({}, [1000])] }));
    for (let second = 1; second <= 5; second++) merged.add(frame(1, second));
    expect(seconds.length).toBe(6);
    expect(seconds[1]?.health.reasons).toContain('shard 1 reported late');
    const totals = new RunTotals();
    for (const second of seconds) totals.addSecond(second);
    expect(totals.select(null).started).toBe(1);
  });

  it('takes what a shard brings after half a minute of silence into one second, with one report of its health', () => {
    const { seconds, merged } = merger(2);
    for (let second = 0; second <= 30; second++) merged.add(frame(0, second, { series: [delta({}, [1000])] }));
    const silent = seconds.length;
    expect(silent).toBe(26);
    const late = { ...healthy, eventLoopUtilization: 0.1, cpuMs: 1, exhausted: 'files' as const };
    for (let second = 0; second <= 30; second++) {
      const health = second === 7 ? late : healthy;
      merged.add(frame(1, second, { series: [delta({}, [2000])], health }));
    }
    expect(seconds.map(({ second }) => second)).toEqual(Array.from({ length: 31 }, (_, second) => second));
    const started = seconds.map(({ series }) => series.reduce((sum, next) => sum + next.started, 0));
    // All that was late is in the first second that was still open; those after it have their own.
    expect(started.slice(silent)).toEqual([1 + 27, 2, 2, 2, 2]);
    expect(seconds[silent]?.shards.map(({ shard }) => shard)).toEqual([0, 1]);
    expect(seconds[silent]?.shards[1]?.health).toMatchObject({
      eventLoopUtilization: 0.2,
      cpuMs: 26 * 200 + 1,
      exhausted: 'files',
    });
    expect(seconds[silent]?.health.valid).toBe(false);
    expect(seconds[silent + 1]?.health.valid).toBe(true);
  });

  it('counts what a lost shard had in flight as aborted, so that the accounting closes', () => {
    const { seconds, merged } = merger(2);
    merged.add(frame(0, 0, { series: [delta({}, [1000])] }));
    merged.add(frame(1, 0, { series: [delta({ started: 5, completed: 2, failed: 1 })] }));
    expect(merged.shardLost(1)).toEqual({ nodes: 10, aborted: 2 });
    merged.add(frame(0, 1));
    merged.shardFinished(0);
    merged.finish(2);
    expect(seconds[1]?.nodes).toBe(10);
    expect(seconds[1]?.health.reasons).toEqual(['shard 1 was lost']);
    const totals = new RunTotals();
    for (const second of seconds) totals.addSecond(second);
    const { started, completed, failed, aborted } = totals.select(null);
    expect({ started, completed, failed, aborted }).toEqual({ started: 6, completed: 3, failed: 1, aborted: 2 });
  });

  it('gives the last second its length', () => {
    const { seconds, merged } = merger(1);
    merged.add(frame(0, 0));
    merged.add(frame(0, 1));
    merged.add(frame(0, 2, { nodes: [0], endSeconds: 2.25 }));
    merged.shardFinished(0);
    merged.finish(2.25);
    expect(seconds.map(({ second, lengthSeconds }) => [second, lengthSeconds])).toEqual([
      [0, 1],
      [1, 1],
      [2, 0.25],
    ]);
  });

  it('judges a second by its worst shard', () => {
    const judge = (health: Partial<ShardHealth>) => {
      const { seconds, merged } = merger(2);
      merged.add(frame(0, 0));
      merged.add(frame(1, 0, { health: { ...healthy, ...health } }));
      return seconds[0]?.health;
    };
    expect(judge({ scheduleLag: histogramOf([11_000]) })?.reasons).toEqual(['shard 1 sent late: schedule lag p99 11.0 ms']);
    expect(judge({ eventLoopUtilization: 0.9 })).toMatchObject({
      valid: false,
      reasons: ['shard 1 was busy: event loop 90 %'],
      eventLoopUtilizationMax: 0.9,
    });
    expect(judge({ exhausted: 'ports' })?.reasons).toEqual(['shard 1 ran out of local ports']);
    expect(judge({ scheduleLag: histogramOf([9_000]), eventLoopUtilization: 0.84 })?.valid).toBe(true);
  });

  it('marks a second in which an event loop was held up, even when nothing was sent late', () => {
    const judge = (shards: number, loopLagP99Us: number) => {
      const { seconds, merged } = merger(shards);
      for (let shard = 0; shard < shards; shard++) merged.add(frame(shard, 0, shard === shards - 1 ? { loopLagP99Us } : {}));
      return seconds[0]?.health.reasons;
    };
    expect(judge(2, 10_000)).toEqual([]);
    expect(judge(2, 12_300)).toEqual(['shard 1 was held up: event loop lag p99 12.3 ms']);
    expect(judge(1, 12_300)).toEqual(['the generator was held up: event loop lag p99 12.3 ms']);
  });
});
