import { firstFrom, type TimeColumn, type TimeRange } from './time-column';

/**
 * What stands for several seconds that share one point. mean: of rates and counts only. highest: of percentiles, which are never averaged; the
 * lowest is kept beside it. last: of a state, such as the number of nodes.
 */
export type Combine = 'mean' | 'highest' | 'last';

/** A line with at most one point a bucket, column by column. */
export interface BucketedLine {
  /** Entries in use: the arrays may be longer. */
  length: number;
  /** Where the points are in time: the middles of their buckets. Ascending. */
  seconds: Float64Array;
  values: Float64Array;
  /** Whether `low` and `high` are the band of the seconds behind each point: not when a bucket is one second. */
  hasBand: boolean;
  low: Float64Array;
  high: Float64Array;
}

const BUCKET_SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];

/** Seconds to a point, so that `spanSeconds` take at most `maxPoints`. */
export function bucketSecondsFor(spanSeconds: number, maxPoints: number): number {
  const needed = spanSeconds / maxPoints;
  return BUCKET_SECONDS.find((seconds) => seconds >= needed) ?? Math.ceil(needed / 3600) * 3600;
}

export function emptyLine(): BucketedLine {
  return { length: 0, seconds: NO_POINTS, values: NO_POINTS, hasBand: false, low: NO_POINTS, high: NO_POINTS };
}

const NO_POINTS = new Float64Array(0);

/**
 * Gathers the values of `range` in buckets that begin at multiples of `bucketSeconds`, so that they stay where they are as a run goes on. Buckets
 * without a value get no point. Writes into `into` and uses its arrays again.
 */
export function fillBuckets(
  into: BucketedLine,
  column: TimeColumn,
  range: TimeRange,
  bucketSeconds: number,
  combine: Combine,
): BucketedLine {
  makeRoom(into, Math.ceil((range.to - range.from) / bucketSeconds) + 1);
  const { seconds, values, length } = column;
  let written = 0;
  let index = firstFrom(column, Math.floor(range.from / bucketSeconds) * bucketSeconds);
  while (index < length && (seconds[index] as number) < range.to) {
    const bucket = Math.floor((seconds[index] as number) / bucketSeconds);
    let [count, sum, lowest, highest, last] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN];
    for (; index < length && Math.floor((seconds[index] as number) / bucketSeconds) === bucket; index++) {
      const value = values[index] as number;
      if (Number.isNaN(value)) continue;
      count++;
      sum += value;
      lowest = Math.min(lowest, value);
      highest = Math.max(highest, value);
      last = value;
    }
    if (count === 0) continue;
    into.seconds[written] = (bucket + 0.5) * bucketSeconds;
    into.values[written] = combine === 'mean' ? sum / count : combine === 'highest' ? highest : last;
    into.low[written] = lowest;
    into.high[written] = highest;
    written++;
  }
  into.length = written;
  into.hasBand = bucketSeconds > 1 && combine !== 'last';
  return into;
}

function makeRoom(line: BucketedLine, points: number): void {
  if (line.seconds.length >= points) return;
  for (const column of ['seconds', 'values', 'low', 'high'] as const) line[column] = new Float64Array(points);
}
