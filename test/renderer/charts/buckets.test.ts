import { describe, expect, it } from 'vitest';
import { bucketSecondsFor, emptyLine, fillBuckets } from '../../../src/renderer/charts/buckets';
import { timeColumn } from '../../../src/renderer/charts/time-column';

const column = (values: (number | null)[], first = 0) =>
  timeColumn(
    values.map((_, i) => first + i),
    values,
  );

describe('buckets of a time chart', () => {
  it('draws every second as long as there is room', () => {
    expect(bucketSecondsFor(600, 600)).toBe(1);
    const line = fillBuckets(emptyLine(), column([3, null, 5]), { from: 0, to: 3 }, 1, 'highest');
    expect(line.points).toEqual([
      { x: 0.5, y: 3 },
      { x: 2.5, y: 5 },
    ]);
    expect(line.low).toEqual([]);
  });

  it('never takes more points than there is room for, at any length', () => {
    for (const seconds of [1, 599, 600, 601, 3600, 7201, 86_400, 1_000_000]) {
      const bucket = bucketSecondsFor(seconds, 600);
      expect(Math.ceil(seconds / bucket), `${seconds} s`).toBeLessThanOrEqual(600);
    }
  });

  it('keeps the peak of percentiles and the band down to the lowest second, and never their mean', () => {
    const line = fillBuckets(emptyLine(), column([10, 900, 20, 30, 40, 50]), { from: 0, to: 6 }, 3, 'highest');
    expect(line.points.map(({ y }) => y)).toEqual([900, 50]);
    expect(line.low.map(({ y }) => y)).toEqual([10, 30]);
    expect(line.high.map(({ y }) => y)).toEqual([900, 50]);
  });

  it('takes the mean of rates, with a band, and the last of a state, without one', () => {
    const rates = fillBuckets(emptyLine(), column([0, 10, 20, 30]), { from: 0, to: 4 }, 2, 'mean');
    expect(rates.points.map(({ y }) => y)).toEqual([5, 25]);
    expect(rates.low.map(({ y }) => y)).toEqual([0, 20]);
    const nodes = fillBuckets(emptyLine(), column([1, 2, 3, null]), { from: 0, to: 4 }, 2, 'last');
    expect(nodes.points.map(({ y }) => y)).toEqual([2, 3]);
    expect(nodes.low).toEqual([]);
  });

  it('lets points stand still while the run goes on and the window moves', () => {
    const values = Array.from({ length: 100 }, (_, i) => i);
    const before = fillBuckets(emptyLine(), column(values), { from: 0, to: 90 }, 10, 'mean').points.map(({ x }) => x);
    const after = fillBuckets(emptyLine(), column(values), { from: 7, to: 97 }, 10, 'mean').points.map(({ x }) => x);
    expect(before).toEqual([5, 15, 25, 35, 45, 55, 65, 75, 85]);
    expect(after.slice(0, 9)).toEqual(before);
  });

  it('uses its points again', () => {
    const line = fillBuckets(emptyLine(), column([1, 2, 3]), { from: 0, to: 3 }, 1, 'mean');
    const [first] = line.points;
    fillBuckets(line, column([7]), { from: 0, to: 3 }, 1, 'mean');
    expect(line.points).toHaveLength(1);
    expect(line.points[0]).toBe(first);
    expect(first).toEqual({ x: 0.5, y: 7 });
  });
});
