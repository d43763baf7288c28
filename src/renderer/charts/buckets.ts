import { firstFrom, type TimeColumn, type TimeRange } from './time-column';

/** A point as Chart.js draws it. `x` in seconds. */
export interface ChartPoint {
  x: number;
  y: number;
}

/**
 * What stands for several seconds that share one point. mean: of rates and counts only. highest: of percentiles, which are never averaged; the
 * lowest is kept beside it. last: of a state, such as the number of nodes.
 */
export type Combine = 'mean' | 'highest' | 'last';

/** A line with at most one point a bucket. `low` and `high` are the band of the seconds behind each point; empty when a bucket is one second. */
export interface BucketedLine {
  points: ChartPoint[];
  low: ChartPoint[];
  high: ChartPoint[];
}

const BUCKET_SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];

/** Seconds to a point, so that `spanSeconds` take at most `maxPoints`. */
export function bucketSecondsFor(spanSeconds: number, maxPoints: number): number {
  const needed = spanSeconds / maxPoints;
  return BUCKET_SECONDS.find((seconds) => seconds >= needed) ?? Math.ceil(needed / 3600) * 3600;
}

export function emptyLine(): BucketedLine {
  return { points: [], low: [], high: [] };
}

/**
 * Gathers the values of `range` in buckets that begin at multiples of `bucketSeconds`, so that they stay where they are as a run goes on. Buckets
 * without a value get no point. Writes into `into` and uses its points again.
 */
export function fillBuckets(
  into: BucketedLine,
  column: TimeColumn,
  range: TimeRange,
  bucketSeconds: number,
  combine: Combine,
): BucketedLine {
  const hasBand = bucketSeconds > 1 && combine !== 'last';
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
    const x = (bucket + 0.5) * bucketSeconds;
    setPoint(into.points, written, x, combine === 'mean' ? sum / count : combine === 'highest' ? highest : last);
    if (hasBand) {
      setPoint(into.low, written, x, lowest);
      setPoint(into.high, written, x, highest);
    }
    written++;
  }
  into.points.length = written;
  into.low.length = hasBand ? written : 0;
  into.high.length = hasBand ? written : 0;
  return into;
}

function setPoint(points: ChartPoint[], index: number, x: number, y: number): void {
  const known = points[index];
  if (known) {
    known.x = x;
    known.y = y;
  } else {
    points[index] = { x, y };
  }
}
