import { BUCKET_COUNT, percentileRank } from './histogram';
import type { SeriesHistory } from './series-history';

/** Buckets whose sums are laid out together when the first of them is asked for. */
const WINDOW_BUCKETS = 16;

/**
 * Sums of a history over blocks of consecutive seconds, the last second followed by the first. The sum of the block that begins at a second is
 * one look-up, also for the number of values up to a bucket, so a resample of k blocks costs k look-ups a bucket, whatever its length. A block must
 * hold fewer than 2^32 requests.
 */
export class BlockSums {
  private readonly history: SeriesHistory;
  private readonly blockSeconds: number;
  private readonly requests: Uint32Array;
  private readonly failures: Uint32Array;
  private readonly values: Uint32Array;
  private readonly windows: (Uint32Array | undefined)[] = [];

  constructor(history: SeriesHistory, blockSeconds: number) {
    this.history = history;
    this.blockSeconds = blockSeconds;
    this.requests = circularSums(history.requestsIn, blockSeconds);
    this.failures = circularSums(history.failuresIn, blockSeconds);
    this.values = circularSums(history.valuesIn, blockSeconds);
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
    // As many values short of the rank as here, a resample of the whole history's shape is at its percentile there:
    const scale = this.history.values / count;
    const shortfall = (rank - this.valuesUpTo(near, starts)) * scale;
    let probe = this.history.bucketOfRank((this.history.valuesUpTo[near] as number) + shortfall);
    // Fewer than `rank` values up to `low`, at least `rank` up to `high`. Steps grow until the rank is between them, then halve.
    let low = -1;
    let high = BUCKET_COUNT - 1;
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
    const window = Math.floor(bucket / WINDOW_BUCKETS);
    this.windows[window] ??= this.layOut(window * WINDOW_BUCKETS);
    return sumAt(this.windows[window], (bucket % WINDOW_BUCKETS) * this.history.seconds, starts);
  }

  private layOut(firstBucket: number): Uint32Array {
    const { seconds } = this.history;
    const rows = this.history.valuesUpToBuckets(firstBucket, WINDOW_BUCKETS);
    for (let row = 0; row < WINDOW_BUCKETS; row++) {
      rows.set(circularSums(rows.subarray(row * seconds, (row + 1) * seconds), this.blockSeconds), row * seconds);
    }
    return rows;
  }
}

/** At each place the sum of the `length` (at most all) numbers from there on, the last followed by the first. */
function circularSums(numbers: Uint32Array, length: number): Uint32Array {
  const count = numbers.length;
  const sums = new Uint32Array(count);
  let sum = 0;
  for (let i = 0; i < length; i++) sum += numbers[i] as number;
  for (let i = 0, next = length % count; i < count; i++) {
    sums[i] = sum;
    sum += (numbers[next] as number) - (numbers[i] as number);
    if (++next === count) next = 0;
  }
  return sums;
}

function sumAt(sums: Uint32Array, offset: number, starts: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < starts.length; i++) sum += sums[offset + (starts[i] as number)] as number;
  return sum;
}
