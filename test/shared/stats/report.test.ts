import { describe, expect, it } from 'vitest';
import { FailureLedger } from '../../../src/shared/stats/failures';
import type { ShardHealth } from '../../../src/shared/stats/frame';
import { buildReport } from '../../../src/shared/stats/report';
import type { RunData } from '../../../src/shared/stats/run';
import { RunTotals } from '../../../src/shared/stats/totals';
import { delta, runRecord, second } from './simulated-run';

function health(utilization: number, lagUs: number[], change: Partial<ShardHealth> = {}): ShardHealth {
  return {
    eventLoopUtilization: utilization,
    loopDelayMaxMs: 2,
    scheduleLag: delta(0, lagUs).latency,
    cpuMs: 300,
    gcPauseMs: 1,
    rssBytes: 100e6,
    openSockets: 40,
    exhausted: null,
    ...change,
  };
}

/** 2 s ramp, 4 s steady (one of them invalid), 0.5 s cooldown; two series, two shards. */
function runData(): RunData {
  const totals = new RunTotals();
  const shards = [
    { shard: 1, health: health(0.5, [100, 200], { rssBytes: 200e6 }) },
    { shard: 0, health: health(0.2, [100]) },
  ];
  for (let at = 0; at < 7; at++) {
    const phase = at < 2 ? 'ramp' : at < 6 ? 'steady' : 'cooldown';
    const series =
      at < 2
        ? [delta(0, [5000, 5000], { phase })]
        : [delta(0, [10_000], { phase }), delta(1, [300, 400], { phase, failed: 1, missed: 2 })];
    if (at === 6) series.push(delta(1, [], { phase, started: 3, completed: 0, aborted: 3 }));
    totals.addSecond(
      second(at, series, {
        phase,
        lengthSeconds: at === 6 ? 0.5 : 1,
        tasks: [
          [0, 3],
          [1, 1],
        ],
        shards:
          at === 5 ? shards.map((entry) => ({ ...entry, health: { ...entry.health, exhausted: 'files' as const } })) : shards,
        health: {
          valid: at !== 5,
          reasons: at === 5 ? ['file descriptors ran out'] : [],
          scheduleLag: delta(0, [100, 100, 200]).latency,
          eventLoopUtilizationMean: 0.35,
          eventLoopUtilizationMax: at === 4 ? 0.6 : 0.5,
        },
      }),
    );
  }
  const failures = new FailureLedger();
  failures.add([
    { series: 0, error: 'ConnectionReset', occurrences: 1, firstMs: 10, lastMs: 10, samples: [] },
    { series: 1, error: 'HTTP 503', occurrences: 4, firstMs: 2500, lastMs: 6100, samples: [] },
  ]);
  return {
    run: runRecord(12, { degraded: true, statusReason: 'Shard 1 was lost.' }),
    series: [
      { method: 'GET', name: '/greet' },
      { method: 'POST', name: '/data' },
    ],
    tasks: [
      { nodeType: 'IoTNode', task: 'send_data', weight: 10 },
      { nodeType: 'IoTNode', task: 'send_health', weight: 2 },
      { nodeType: 'Gateway', task: 'idle', weight: 1 },
    ],
    totals,
    failures: failures.list(),
    exceptions: [
      { message: 'nothing found', nodeType: 'IoTNode', task: 'send_data', step: 0, count: 2, firstMs: 5, lastMs: 9, nodes: [3] },
    ],
    events: [],
  };
}

describe('the report', () => {
  const report = buildReport(runData());

  it('has the keys that the files promise', () => {
    expect(Object.keys(report).sort()).toEqual(
      ['accounting', 'exceptions', 'failures', 'generator', 'phases', 'run', 'series', 'steady', 'tasks', 'total'].sort(),
    );
    expect(report.run).toEqual({
      id: 12,
      name: 'run 12',
      status: 'finished',
      degraded: true,
      statusReason: 'Shard 1 was lost.',
      startedAt: 1_800_000_000_000,
      endedAt: 1_800_000_300_000,
      seed: 7,
      shards: 1,
      nodes: 100,
      spawnRate: 10,
      host: 'http://127.0.0.1:1',
      version: '0.1.0',
      scenarioHash: '0123456789abcdef',
    });
  });

  it('sums the whole run up, and the steady phase apart', () => {
    expect(report.total).toMatchObject({
      method: '',
      name: 'Aggregated',
      requests: 19,
      failures: 5,
      missed: 10,
      aborted: 3,
      min: 0.3,
      max: 10,
    });
    expect(report.total.rps).toBeCloseTo(19 / 6.5, 12);
    expect(report.series.map(({ name, requests }) => [name, requests])).toEqual([
      ['/greet', 9],
      ['/data', 10],
    ]);
    expect(report.steady?.total).toMatchObject({ requests: 12, failures: 4, aborted: 0, rps: 3 });
    expect(report.steady?.series[0]).toMatchObject({ requests: 4, min: 10, max: 10, median: 10 });
    expect(report.phases).toEqual({ ramp: 2, steady: 4, cooldown: 0.5 });
  });

  it('accounts for every request', () => {
    expect(report.accounting).toEqual({ started: 22, completed: 14, failed: 5, aborted: 3, missed: 10 });
    const { started, completed, failed, aborted } = report.accounting;
    expect(started).toBe(completed + failed + aborted);
  });

  it('compares task counts within their node type', () => {
    expect(report.tasks).toEqual([
      { nodeType: 'IoTNode', task: 'send_data', weight: 10, expectedRatio: 10 / 12, executed: 21, ratio: 0.75 },
      { nodeType: 'IoTNode', task: 'send_health', weight: 2, expectedRatio: 2 / 12, executed: 7, ratio: 0.25 },
      { nodeType: 'Gateway', task: 'idle', weight: 1, expectedRatio: 1, executed: 0, ratio: null },
    ]);
  });

  it('lists failures by frequency and exceptions, at the time they happened', () => {
    expect(report.failures).toEqual([
      {
        method: 'POST',
        name: '/data',
        error: 'HTTP 503',
        occurrences: 4,
        firstAt: 1_800_000_002_500,
        lastAt: 1_800_000_006_100,
        samples: [],
      },
      {
        method: 'GET',
        name: '/greet',
        error: 'ConnectionReset',
        occurrences: 1,
        firstAt: 1_800_000_000_010,
        lastAt: 1_800_000_000_010,
        samples: [],
      },
    ]);
    expect(report.exceptions).toEqual([
      {
        message: 'nothing found',
        nodeType: 'IoTNode',
        task: 'send_data',
        step: 0,
        occurrences: 2,
        firstAt: 1_800_000_000_005,
        lastAt: 1_800_000_000_009,
        nodes: [3],
      },
    ]);
  });

  it('says how the generator and each shard kept up', () => {
    expect(report.generator).toMatchObject({ scheduleLagMs: { p50: 0.1, p99: 0.2, max: 0.2 }, invalidSeconds: 1 });
    expect(report.generator.eventLoopUtilization.mean).toBeCloseTo(0.35, 12);
    expect(report.generator.eventLoopUtilization.max).toBe(0.6);
    expect(report.generator.shards.map(({ shard }) => shard)).toEqual([0, 1]);
    expect(report.generator.shards[1]).toMatchObject({
      seconds: 7,
      scheduleLagMs: { p50: 0.1, p99: 0.2, max: 0.2 },
      loopDelayMaxMs: 2,
      cpuMs: 2100,
      gcPauseMs: 7,
      rssBytesMax: 200e6,
      openSocketsMax: 40,
      exhausted: 'files',
    });
    expect(report.generator.shards[1]?.eventLoopUtilization.mean).toBeCloseTo(0.5, 12);
  });

  it('is the same from totals that were stored and read back', () => {
    const data = runData();
    const copy = RunTotals.fromData(structuredClone(data.totals.toData()));
    expect(buildReport({ ...data, totals: copy })).toEqual(report);
    copy.addSecond(second(7, [delta(0, [1000])]));
    expect(buildReport({ ...data, totals: copy }).total.requests).toBe(20);
  });

  it('has no steady table without a steady phase, and null for what was never recorded', () => {
    const empty = buildReport({ ...runData(), totals: new RunTotals() });
    expect(empty.steady).toBeNull();
    expect(empty.generator).toMatchObject({ scheduleLagMs: { p50: null, p99: null, max: null }, shards: [] });
    expect(JSON.parse(JSON.stringify(empty))).toEqual(empty);
  });
});
