import { describe, expect, it } from 'vitest';
import { EMPTY_HISTOGRAM, Histogram } from '../../../src/shared/stats/histogram';
import {
  currentRates,
  isReliable,
  minimumSamples,
  PERCENTILES,
  percentileList,
  recentSecond,
  secondPercentiles,
  statisticsRow,
} from '../../../src/shared/stats/summary';
import { RunTotals, SeriesTotals } from '../../../src/shared/stats/totals';
import { delta, second } from './simulated-run';

describe('a row of the statistics table', () => {
  it('has all its figures in ms, rounded to the microsecond', () => {
    const totals = new RunTotals();
    // 1 to 100 ms: every percentile is known, to the width of its bucket.
    const values = Array.from({ length: 100 }, (_, i) => (i + 1) * 1000);
    totals.addDelta({
      ...delta(0, values, { failed: 4, missed: 3, aborted: 2, bodyBytes: 1250 }),
      connect: delta(0, [200, 300, 400]).connect,
    });
    const row = statisticsRow({ method: 'POST', name: '/data' }, totals.parts(0), 50);
    expect(row).toMatchObject({
      method: 'POST',
      name: '/data',
      requests: 100,
      failures: 4,
      missed: 3,
      aborted: 2,
      average: 50.5,
      min: 1,
      max: 100,
      averageBytes: 12.5,
      rps: 2,
      failuresPerSecond: 0.08,
      connect: { median: null, p99: null },
    });
    for (const [reported, exact] of [
      [row.median, 50],
      [row.p90, 90],
      [row.p95, 95],
      [row.p99, 99],
      [row.responseFromSchedule.p99, 99],
    ] as const) {
      expect(reported).toBeGreaterThanOrEqual(exact);
      expect(reported).toBeLessThanOrEqual(exact * (1 + 1 / 256));
    }
    expect([row.p999, row.responseFromSchedule.max]).toEqual([100, 100]);
    expect(Object.keys(row)).toEqual(
      'method name requests failures missed aborted median p90 p95 p99 p999 average min max averageBytes rps failuresPerSecond responseFromSchedule connect'.split(
        ' ',
      ),
    );
    expect(Object.keys(row.responseFromSchedule)).toEqual('median p90 p95 p99 p999 max'.split(' '));
  });

  it('is that of the sum of its parts, of one series and of all', () => {
    const totals = new RunTotals();
    const ramp = delta(0, [900, 70_000], { failed: 1, missed: 2, aborted: 3 });
    totals.addDelta({ ...ramp, phase: 'ramp' });
    totals.addDelta({ ...delta(0, [1000, 2000, 3000]), connect: ramp.connect });
    totals.addDelta(delta(1, [5, 400_000], { failed: 2 }));
    for (const series of [0, 1, null]) {
      const key = { method: 'GET', name: '/' };
      expect(statisticsRow(key, totals.parts(series), 5)).toEqual(statisticsRow(key, [totals.select(series)], 5));
    }
    const row = statisticsRow({ method: '', name: '' }, totals.parts(null), 5);
    expect(row).toMatchObject({ requests: 7, failures: 3, missed: 2, aborted: 3, min: 0.005, max: 400 });
    expect(totals.parts(0, ['cooldown'])).toEqual([]);
  });

  it('holds null, not NaN, where nothing was recorded', () => {
    const row = statisticsRow({ method: 'GET', name: '/' }, [new SeriesTotals()], 0);
    expect(row).toMatchObject({
      requests: 0,
      median: null,
      average: null,
      min: null,
      max: null,
      averageBytes: null,
      rps: 0,
      failuresPerSecond: 0,
    });
    expect(JSON.stringify(row)).not.toContain('NaN');
  });

  it('counts a value of zero microseconds as a value', () => {
    const totals = new RunTotals();
    totals.addDelta(delta(0, [0]));
    expect(statisticsRow({ method: 'GET', name: '/' }, totals.parts(0), 1)).toMatchObject({ min: 0, max: 0, median: 0 });
  });
});

describe('percentile lists', () => {
  it('have an entry for each percentile of the files, null when empty', () => {
    expect(percentileList(new Histogram())).toEqual(PERCENTILES.map(() => null));
    const histogram = new Histogram();
    histogram.record(1234);
    expect(percentileList(histogram)).toEqual(PERCENTILES.map(() => 1.234));
    expect(percentileList(histogram, [50, 99])).toHaveLength(2);
  });
});

describe('reliability', () => {
  it.each([
    [50, 6],
    [95, 60],
    [99, 300],
    [99.9, 3000],
    [99.99, 30_000],
    [100, 1],
  ])('of p%d begins at %d values', (p, count) => {
    expect(minimumSamples(p)).toBe(count);
    expect(isReliable(p, count)).toBe(true);
    expect(isReliable(p, count - 1)).toBe(false);
  });
});

describe('current rates', () => {
  const quiet = (at: number) => recentSecond(second(at, []));
  const busySecond = (at: number) => second(at, [delta(0, [1000, 1000, 1000], { failed: 1 }), delta(1, [1000])]);
  const busy = (at: number) => recentSecond(busySecond(at));

  it('are the mean over the last ten full seconds', () => {
    const seconds = Array.from({ length: 25 }, (_, at) => (at < 20 ? busy(at) : quiet(at)));
    expect(currentRates(seconds).total).toEqual({ requestsPerSecond: 2, failuresPerSecond: 0.5 });
    expect(currentRates(seconds).of(0)).toEqual({ requestsPerSecond: 1.5, failuresPerSecond: 0.5 });
    expect(currentRates(seconds).of(1)).toEqual({ requestsPerSecond: 0.5, failuresPerSecond: 0 });
  });

  it('fall to zero when traffic stops', () => {
    const seconds = Array.from({ length: 30 }, (_, at) => (at < 20 ? busy(at) : quiet(at)));
    expect(currentRates(seconds).total).toEqual({ requestsPerSecond: 0, failuresPerSecond: 0 });
  });

  it('are over the seconds there were at the beginning, and leave a part of a second out', () => {
    expect(currentRates([]).total).toEqual({ requestsPerSecond: 0, failuresPerSecond: 0 });
    expect(currentRates([busy(0), busy(1)]).total.requestsPerSecond).toBe(4);
    expect(currentRates([busy(0), { ...busy(1), lengthSeconds: 0.2 }]).total.requestsPerSecond).toBe(4);
    expect(currentRates([busy(0), busy(9)]).total.requestsPerSecond).toBe(0.8);
  });
});

describe('chart values of a second', () => {
  it('are of one series over its phases, or of all, and null when empty', () => {
    const mixed = second(3, [delta(0, [200, 100], { phase: 'ramp' }), delta(0, [300], { failed: 1 }), delta(1, [400])]);
    expect(secondPercentiles(mixed.series.filter(({ series }) => series === 0))).toEqual({
      requests: 3,
      failures: 1,
      p50: 0.2,
      p90: 0.3,
      p95: 0.3,
      p99: 0.3,
      max: 0.3,
    });
    expect(secondPercentiles(mixed.series)).toMatchObject({ requests: 4, failures: 1, p50: 0.2, max: 0.4 });
    expect(secondPercentiles([])).toEqual({
      requests: 0,
      failures: 0,
      p50: null,
      p90: null,
      p95: null,
      p99: null,
      max: null,
    });
    expect(delta(0, []).latency).toEqual(EMPTY_HISTOGRAM);
  });
});
