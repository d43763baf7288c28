import { percentileRank } from '../../../src/shared/stats/histogram';

/** Values in ascending order. */
export function ascending(values: Iterable<number>): Float64Array {
  return Float64Array.from(values).sort();
}

/** Percentile `p` of ascending values: the smallest value v such that at least p % of them are <= v (docs/statistics.md). */
export function percentileOf(sorted: Float64Array, p: number): number {
  return sorted[percentileRank(p, sorted.length) - 1] ?? Number.NaN;
}

export function meanOf(values: Iterable<number>): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    sum += value;
    count++;
  }
  return sum / count;
}
