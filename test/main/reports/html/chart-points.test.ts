import { describe, expect, it } from 'vitest';
import { ChartPoints } from '../../../../src/main/reports/html/chart-points';
import type { RunSecond } from '../../../../src/shared/stats/frame';
import { Histogram } from '../../../../src/shared/stats/histogram';
import { makeRun } from '../../../support/run-data';

function pointsOf(seconds: RunSecond[]) {
  const points = new ChartPoints(seconds.length);
  for (const second of seconds) points.add(second);
  return { windowSeconds: points.windowSeconds, points: points.finish() };
}

describe('chart points', () => {
  it('are the seconds themselves in a short run; the splinter at the end goes with the second before', () => {
    const { seconds } = makeRun({ durationSeconds: 90 });
    const { windowSeconds, points } = pointsOf(seconds);
    expect(windowSeconds).toBe(1);
    expect(points.map(({ second }) => second)).toEqual(Array.from({ length: 90 }, (_, i) => i));
    const requests = (second: RunSecond | undefined) =>
      (second?.series ?? []).reduce((sum, { completed, failed }) => sum + completed + failed, 0);
    expect(points[40]?.requestsPerSecond).toBe(requests(seconds[40]));
    expect(points[89]?.requestsPerSecond).toBeCloseTo((requests(seconds[89]) + requests(seconds[90])) / 1.4);
  });

  it('are at most 600, with percentiles of the merged histograms and no request lost', () => {
    const { data, seconds } = makeRun({ durationSeconds: 2000, nodes: 20 });
    const { windowSeconds, points } = pointsOf(seconds);
    expect(windowSeconds).toBe(4);
    expect(points).toHaveLength(500);
    const merged = new Histogram();
    for (const { latency } of seconds.slice(400, 404).flatMap(({ series }) => series)) merged.add(latency);
    expect(points[100]).toMatchObject({
      second: 400,
      requestsPerSecond: merged.count / 4,
      p50: Math.round(merged.percentile(50)) / 1000,
      p99: Math.round(merged.percentile(99)) / 1000,
    });
    const lengths = points.map((_, i) => (i === 499 ? 4.4 : 4));
    const all = points.reduce((sum, { requestsPerSecond }, i) => sum + requestsPerSecond * (lengths[i] as number), 0);
    expect(all).toBeCloseTo(data.totals.select(null).requests);
  });

  it('have no response times where nothing was answered', () => {
    const { seconds } = makeRun({ durationSeconds: 5 });
    const { points } = pointsOf(seconds.map((second) => ({ ...second, series: [] })));
    expect(points[2]).toMatchObject({ requestsPerSecond: 0, p50: null, p99: null });
  });
});
