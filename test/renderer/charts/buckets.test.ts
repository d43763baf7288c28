import { describe, expect, it } from 'vitest';
import { type BucketedLine, bucketSecondsFor, emptyLine, fillBuckets } from '../../../src/renderer/charts/buckets';
import { timeColumn } from '../../../src/renderer/charts/time-column';

const column = (values: (number | null)[], first = 0) =>
  timeColumn(
    values.map((_, i) => first + i),
    values,
  );

const inUse = (line: BucketedLine, column: 'seconds' | 'values' | 'low' | 'high') => [...line[column].subarray(0, line.length)];

describe('buckets of a time chart', () => {
  it('draws every second as long as there is room', () => {
    expect(bucketSecondsFor(600, 600)).toBe(1);
    const line = fillBuckets(emptyLine(), column([3, null, 5]), { from: 0, to: 3 }, 1, 'highest');
    expect(inUse(line, 'seconds')).toEqual([0.5, 2.5]);
    expect(inUse(line, 'values')).toEqual([3, 5]);
    expect(line.hasBand).toBe(false);
  });

  it('never takes more points than there is room for, at any length', () => {
    for (const seconds of [1, 599, 600, 601, 3600, 7201, 86_400, 1_000_000]) {
      const bucket = bucketSecondsFor(seconds, 600);
      expect(Math.ceil(seconds / bucket), `${seconds} s`).toBeLessThanOrEqual(600);
    }
  });

  it('keeps the peak of percentiles and the band down to the lowest second, and never their mean', () => {
    const line = fillBuckets(emptyLine(), column([10, 900, 20, 30, 40, 50]), { from: 0, to: 6 }, 3, 'highest');
    expect(inUse(line, 'values')).toEqual([900, 50]);
    expect(inUse(line, 'low')).toEqual([10, 30]);
    expect(inUse(line, 'high')).toEqual([900, 50]);
  });

  it('takes the mean of rates, with a band, and the last of a state, without one', () => {
    const rates = fillBuckets(emptyLine(), column([0, 10, 20, 30]), { from: 0, to: 4 }, 2, 'mean');
    expect(inUse(rates, 'values')).toEqual([5, 25]);
    expect(inUse(rates, 'low')).toEqual([0, 20]);
    const nodes = fillBuckets(emptyLine(), column([1, 2, 3, null]), { from: 0, to: 4 }, 2, 'last');
    expect(inUse(nodes, 'values')).toEqual([2, 3]);
    expect(nodes.hasBand).toBe(false);
  });

  it('lets points stand still while the run goes on and the window moves', () => {
    const values = Array.from({ length: 100 }, (_, i) => i);
    const before = inUse(fillBuckets(emptyLine(), column(values), { from: 0, to: 90 }, 10, 'mean'), 'seconds');
    const after = inUse(fillBuckets(emptyLine(), column(values), { from: 7, to: 97 }, 10, 'mean'), 'seconds');
    expect(before).toEqual([5, 15, 25, 35, 45, 55, 65, 75, 85]);
    expect(after.slice(0, 9)).toEqual(before);
  });

  it('uses its arrays again, and makes them longer where more points can come', () => {
    const line = fillBuckets(emptyLine(), column([1, 2, 3]), { from: 0, to: 3 }, 1, 'mean');
    const { values } = line;
    fillBuckets(line, column([7]), { from: 0, to: 3 }, 1, 'mean');
    expect(line.values).toBe(values);
    expect(inUse(line, 'seconds')).toEqual([0.5]);
    expect(inUse(line, 'values')).toEqual([7]);
    fillBuckets(line, column([1, 2, 3, 4, 5, 6, 7, 8]), { from: 0.5, to: 7.5 }, 1, 'mean');
    expect(inUse(line, 'values')).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});
