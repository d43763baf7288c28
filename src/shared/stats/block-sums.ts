import { BUCKET_COUNT, percentileRank } from './histogram';
import type { SeriesHistory } from './series-history';

/** Buckets whose sums are laid out together. */
const WINDOW_BUCKETS = 8;

/**
 * Sums of a history over blocks of consecutive steps, the last step followed by the first. The sum of the block that begins at a step is
 * one look-up, also for the number of values up to a bucket, so a resample of k blocks costs k look-ups a bucket, whatever its length. A block must
 * hold fewer than 2^32 requests.
 */
export class BlockSums {
  private readonly history: SeriesHistory;
  private readonly blockSteps: number;
  private readonly requests: Uint32Array;
  private readonly failures: Uint32Array;
  private readonly values: Uint32Array;
  private readonly windows = new Array<Uint32Array | undefined>(BUCKET_COUNT / WINDOW_BUCKETS).fill(undefined);

  /** @param near buckets about which `percentileBucket` will search; others take longer the first time */
  constructor(history: SeriesHistory, blockSteps: number, near: readonly number[] = []) {
    this.history = history;
    this.blockSteps = blockSteps;
    this.requests = circularSums(history.requestsIn, blockSteps);
    this.failures = circularSums(history.failuresIn, blockSteps);
    this.values = circularSums(history.valuesIn, blockSteps);
    const around = near.flatMap((bucket) => [bucket - WINDOW_BUCKETS / 2, bucket + WINDOW_BUCKETS / 2]);
    const wanted = around.filter((bucket) => bucket >= 0 && bucket < BUCKET_COUNT).map(windowOf);
    this.layOut([...new Set(wanted)]);
  }

  /** Failures / requests in the blocks that begin at `starts`; NaN without requests. */
  errorRate(starts: Int32Array): number {
    return sumAt(this.failures, 0, starts) / sumAt(this.requests, 0, starts);
  }

  /** Values in the blocks that begin at `starts`. */
  valueCount(starts: Int32Array): number {
    return sumAt(this.values, 0, starts);
  }

  /**
   * The bucket of percentile `p` in the blocks that begin at `starts`.
   *
   * @param count values in these blocks; more than none
   * @param near the percentile's bucket over the whole history, from where the search begins
   */
  percentileBucket(p: number, starts: Int32Array, count: number, near: number): number {
    const rank = percentileRank(p, count);
    // Fewer than `rank` values up to `low`, at least `rank` up to `high`.
    let low = -1;
    let high = BUCKET_COUNT - 1;
    const upToNear = this.valuesUpTo(near, starts);
    if (upToNear >= rank) high = near;
    else low = near;
    // As many values short of the rank as here, a resample of the whole history's shape is at its percentile there:
    const shortfall = ((rank - upToNear) * this.history.values) / count;
    const expected = this.history.bucketOfRank((this.history.valuesUpTo[near] as number) + shortfall);
    let probe = Math.min(expected, high - 1);
    // Steps grow until the rank is between the two, then halve.
    for (let step = 1; low < probe && probe < high && high - low > step; step *= 2) {
      if (this.valuesUpTo(probe, starts) >= rank) {
        high = probe;
        probe -= step;
      } else {
        low = probe;
        probe += step;
      }
    }
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.valuesUpTo(middle, starts) >= rank) high = middle;
      else low = middle;
    }
    return high;
  }

  private valuesUpTo(bucket: number, starts: Int32Array): number {
    const window = windowOf(bucket);
    if (!this.windows[window]) this.layOut([window]);
    return sumAt(this.windows[window] as Uint32Array, (bucket % WINDOW_BUCKETS) * this.history.steps, starts);
  }

  private layOut(windows: readonly number[]): void {
    const { steps } = this.history;
    const firstBuckets = windows.map((window) => window * WINDOW_BUCKETS);
    this.history.valuesUpToBuckets(firstBuckets, WINDOW_BUCKETS).forEach((rows, at) => {
      for (let row = 0; row < WINDOW_BUCKETS; row++) {
        sumCircularly(rows.subarray(row * steps, (row + 1) * steps), this.blockSteps);
      }
      this.windows[windows[at] as number] = rows;
    });
  }
}

function windowOf(bucket: number): number {
  return Math.floor(bucket / WINDOW_BUCKETS);
}

function circularSums(numbers: Uint32Array, length: number): Uint32Array {
  const sums = numbers.slice();
  sumCircularly(sums, length);
  return sums;
}

/** Puts at each place the sum of the `length` (at most all) numbers from there on, the last followed by the first. */
function sumCircularly(numbers: Uint32Array, length: number): void {
  const count = numbers.length;
  const first = numbers.slice(0, length);
  let sum = 0;
  for (let i = 0; i < first.length; i++) sum += first[i] as number;
  for (let i = 0; i < count; i++) {
    const next = i + length;
    const leaving = numbers[i] as number;
    numbers[i] = sum;
    sum += ((next < count ? numbers[next] : first[next - count]) as number) - leaving;
  }
}

/** Four sums side by side, because each addition waits for the one before it. Whole numbers, so their order does not matter. */
function sumAt(sums: Uint32Array, offset: number, starts: Int32Array): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  let i = 0;
  for (; i + 3 < starts.length; i += 4) {
    a += sums[offset + (starts[i] as number)] as number;
    b += sums[offset + (starts[i + 1] as number)] as number;
    c += sums[offset + (starts[i + 2] as number)] as number;
    d += sums[offset + (starts[i + 3] as number)] as number;
  }
  for (; i < starts.length; i++) a += sums[offset + (starts[i] as number)] as number;
  return a + b + c + d;
}
