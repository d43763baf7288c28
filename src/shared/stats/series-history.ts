import type { SeriesDelta } from './frame';
import { BUCKET_COUNT, bucketUpperEnd, percentileRank, type SparseHistogram } from './histogram';

/** Latencies and outcomes of one series, second by second, laid out for resampling. */
export class SeriesHistory {
  readonly seconds: number;
  requests = 0;
  failures = 0;
  /** Values in the latency histograms. */
  values = 0;
  readonly requestsIn: Uint32Array;
  readonly failuresIn: Uint32Array;
  readonly valuesIn: Uint32Array;
  /** Mean latency of each second, us; NaN where there was none. */
  readonly meansUs: Float64Array;
  /** Values up to each bucket, over all seconds. */
  readonly valuesUpTo = new Float64Array(BUCKET_COUNT);
  private minUs = Number.POSITIVE_INFINITY;
  private maxUs = 0;
  /** Filled buckets of all seconds, ascending within a second; those of second t are from `offsets[t]` to `offsets[t + 1]`. */
  private readonly offsets: Int32Array;
  private readonly indexes: Uint16Array;
  /** The second's values up to each filled bucket. */
  private readonly upTo: Uint32Array;

  /** @param perSecond what happened in each second; several entries (series, phases) are added up */
  constructor(perSecond: readonly (readonly SeriesDelta[])[]) {
    const seconds = perSecond.length;
    this.seconds = seconds;
    this.requestsIn = new Uint32Array(seconds);
    this.failuresIn = new Uint32Array(seconds);
    this.valuesIn = new Uint32Array(seconds);
    this.meansUs = new Float64Array(seconds).fill(Number.NaN);
    this.offsets = new Int32Array(seconds + 1);
    const merged = perSecond.map(mergeLatencies);
    const filled = merged.reduce((sum, { indexes }) => sum + indexes.length, 0);
    this.indexes = new Uint16Array(filled);
    this.upTo = new Uint32Array(filled);
    perSecond.forEach((deltas, second) => {
      this.countSecond(second, deltas);
      this.layOutBuckets(second, merged[second] as BucketCounts);
    });
    let upTo = 0;
    for (let index = 0; index < BUCKET_COUNT; index++) {
      upTo += this.valuesUpTo[index] as number;
      this.valuesUpTo[index] = upTo;
    }
  }

  /** The bucket of percentile `p` over all seconds; -1 without values. */
  percentileBucket(p: number): number {
    return this.values === 0 ? -1 : this.bucketOfRank(percentileRank(p, this.values));
  }

  /** The lowest bucket up to which there are at least `rank` values over all seconds, the last one when there are not so many. */
  bucketOfRank(rank: number): number {
    return firstAtLeast(this.valuesUpTo, rank, 0, BUCKET_COUNT - 1);
  }

  /** What a percentile in a bucket is reported as, us. */
  valueOf(bucket: number): number {
    if (bucket === BUCKET_COUNT - 1) return this.maxUs;
    return Math.min(this.maxUs, Math.max(this.minUs, bucketUpperEnd(bucket)));
  }

  /**
   * For each of `width` buckets from `firstBucket` on, for each second, the second's values up to the bucket: those of bucket b begin at
   * (b - `firstBucket`) * `seconds`.
   */
  valuesUpToBuckets(firstBucket: number, width: number): Uint32Array {
    const rows = new Uint32Array(width * this.seconds);
    for (let second = 0; second < this.seconds; second++) {
      const begin = this.offsets[second] as number;
      const end = this.offsets[second + 1] as number;
      let entry = firstAtLeast(this.indexes, firstBucket, begin, end);
      let upTo = entry > begin ? (this.upTo[entry - 1] as number) : 0;
      for (let row = 0; row < width; row++) {
        if (entry < end && this.indexes[entry] === firstBucket + row) upTo = this.upTo[entry++] as number;
        rows[row * this.seconds + second] = upTo;
      }
    }
    return rows;
  }

  private countSecond(second: number, deltas: readonly SeriesDelta[]): void {
    let sumUs = 0;
    for (const { completed, failed, latency } of deltas) {
      this.requestsIn[second] = (this.requestsIn[second] as number) + completed + failed;
      this.failuresIn[second] = (this.failuresIn[second] as number) + failed;
      if (latency.count === 0) continue;
      this.valuesIn[second] = (this.valuesIn[second] as number) + latency.count;
      sumUs += latency.sum;
      this.minUs = Math.min(this.minUs, latency.min);
      this.maxUs = Math.max(this.maxUs, latency.max);
    }
    const values = this.valuesIn[second] as number;
    if (values > 0) this.meansUs[second] = sumUs / values;
    this.requests += this.requestsIn[second] as number;
    this.failures += this.failuresIn[second] as number;
    this.values += values;
  }

  private layOutBuckets(second: number, { indexes, counts }: BucketCounts): void {
    const offset = this.offsets[second] as number;
    let upTo = 0;
    for (let i = 0; i < indexes.length; i++) {
      const index = indexes[i] as number;
      const count = counts[i] as number;
      upTo += count;
      this.indexes[offset + i] = index;
      this.upTo[offset + i] = upTo;
      // Single counts for now; added up when all seconds are there.
      this.valuesUpTo[index] = (this.valuesUpTo[index] as number) + count;
    }
    this.offsets[second + 1] = offset + indexes.length;
  }
}

/** The first place in [from, to) of ascending numbers that holds at least `wanted`; `to` when none does. */
function firstAtLeast(ascending: ArrayLike<number>, wanted: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface BucketCounts {
  indexes: Uint16Array;
  counts: ArrayLike<number>;
}

const scratch = new Float64Array(BUCKET_COUNT);

function mergeLatencies(deltas: readonly SeriesDelta[]): BucketCounts {
  const filled: SparseHistogram[] = [];
  for (const { latency } of deltas) if (latency.count > 0) filled.push(latency);
  const [only] = filled;
  if (only && filled.length === 1) return only;
  let lowest = BUCKET_COUNT;
  let highest = -1;
  let entries = 0;
  for (const { indexes, counts } of filled) {
    entries += indexes.length;
    lowest = Math.min(lowest, indexes[0] as number);
    highest = Math.max(highest, indexes[indexes.length - 1] as number);
    for (let i = 0; i < indexes.length; i++) {
      const index = indexes[i] as number;
      scratch[index] = (scratch[index] as number) + (counts[i] as number);
    }
  }
  const indexes = new Uint16Array(entries);
  const counts = new Float64Array(entries);
  let length = 0;
  for (let index = lowest; index <= highest; index++) {
    if (scratch[index] === 0) continue;
    indexes[length] = index;
    counts[length++] = scratch[index] as number;
    scratch[index] = 0;
  }
  return { indexes: indexes.slice(0, length), counts: counts.slice(0, length) };
}
