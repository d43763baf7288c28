import type { SeriesOutcomes } from './compared-step';
import { BUCKET_COUNT, bucketUpperEnd, percentileRank, type SparseHistogram } from './histogram';

/** Latencies and outcomes of one series, step by step (see `ComparedStep`), for resampling. The histograms stay as they came: nothing is copied or merged. */
export class SeriesHistory {
  readonly steps: number;
  requests = 0;
  failures = 0;
  /** Values in the latency histograms. */
  values = 0;
  readonly requestsIn: Uint32Array;
  readonly failuresIn: Uint32Array;
  readonly valuesIn: Uint32Array;
  /** Mean latency of each step, us; NaN where there was none. */
  readonly meansUs: Float64Array;
  /** Values up to each bucket, over all steps. */
  readonly valuesUpTo = new Float64Array(BUCKET_COUNT);
  private minUs = Number.POSITIVE_INFINITY;
  private maxUs = 0;
  private readonly perStep: readonly (readonly SeriesOutcomes[])[];

  /** @param perStep what happened in each step; several entries (series) are added up */
  constructor(perStep: readonly (readonly SeriesOutcomes[])[]) {
    const steps = perStep.length;
    this.steps = steps;
    this.perStep = perStep;
    this.requestsIn = new Uint32Array(steps);
    this.failuresIn = new Uint32Array(steps);
    this.valuesIn = new Uint32Array(steps);
    this.meansUs = new Float64Array(steps).fill(Number.NaN);
    for (let step = 0; step < steps; step++) this.countStep(step, perStep[step] as readonly SeriesOutcomes[]);
    let upTo = 0;
    for (let index = 0; index < BUCKET_COUNT; index++) {
      upTo += this.valuesUpTo[index] as number;
      this.valuesUpTo[index] = upTo;
    }
  }

  /** The bucket of percentile `p` over all steps; -1 without values. */
  percentileBucket(p: number): number {
    return this.values === 0 ? -1 : this.bucketOfRank(percentileRank(p, this.values));
  }

  /** The lowest bucket up to which there are at least `rank` values over all steps, the last one when there are not so many. */
  bucketOfRank(rank: number): number {
    return firstAtLeast(this.valuesUpTo, rank, 0, BUCKET_COUNT - 1);
  }

  /** What a percentile in a bucket is reported as, us. */
  valueOf(bucket: number): number {
    if (bucket === BUCKET_COUNT - 1) return this.maxUs;
    return Math.min(this.maxUs, Math.max(this.minUs, bucketUpperEnd(bucket)));
  }

  /**
   * For each window of `width` buckets that begins at one of `firstBuckets`, for each of its buckets, for each step: the step's values up to the
   * bucket. Those of bucket b of a window begin at (b - its first) * `steps`. All windows are laid out in one pass, because
   * reaching the many small histograms takes longer than counting in them.
   */
  valuesUpToBuckets(firstBuckets: readonly number[], width: number): Uint32Array[] {
    const windows = firstBuckets.map(() => new Uint32Array(width * this.steps));
    this.perStep.forEach((deltas, step) => {
      for (const { latency } of deltas) {
        if (latency.count === 0) continue;
        for (let i = 0; i < windows.length; i++) {
          this.addValuesUpTo(latency, firstBuckets[i] as number, width, windows[i] as Uint32Array, step);
        }
      }
    });
    return windows;
  }

  private addValuesUpTo(latency: SparseHistogram, firstBucket: number, width: number, rows: Uint32Array, step: number): void {
    const { indexes, counts } = latency;
    let entry = firstAtLeast(indexes, firstBucket, 0, indexes.length);
    let upTo = valuesBefore(latency, entry);
    for (let row = 0, at = step; row < width; row++, at += this.steps) {
      if (entry < indexes.length && indexes[entry] === firstBucket + row) upTo += counts[entry++] as number;
      rows[at] = (rows[at] as number) + upTo;
    }
  }

  private countStep(step: number, deltas: readonly SeriesOutcomes[]): void {
    let sumUs = 0;
    for (const { completed, failed, latency } of deltas) {
      this.requestsIn[step] = (this.requestsIn[step] as number) + completed + failed;
      this.failuresIn[step] = (this.failuresIn[step] as number) + failed;
      if (latency.count === 0) continue;
      this.valuesIn[step] = (this.valuesIn[step] as number) + latency.count;
      sumUs += latency.sum;
      this.minUs = Math.min(this.minUs, latency.min);
      this.maxUs = Math.max(this.maxUs, latency.max);
      // Single counts for now; added up when all steps are there.
      addCounts(latency, this.valuesUpTo);
    }
    const values = this.valuesIn[step] as number;
    if (values > 0) this.meansUs[step] = sumUs / values;
    this.requests += this.requestsIn[step] as number;
    this.failures += this.failuresIn[step] as number;
    this.values += values;
  }
}

function addCounts({ indexes, counts }: SparseHistogram, sums: Float64Array): void {
  for (let i = 0; i < indexes.length; i++) {
    const index = indexes[i] as number;
    sums[index] = (sums[index] as number) + (counts[i] as number);
  }
}

/** Values in the filled buckets before an entry, counted from the nearer end: the high percentiles lie close to the last. */
function valuesBefore({ count, counts }: SparseHistogram, entry: number): number {
  let sum = 0;
  if (entry <= counts.length / 2) {
    for (let i = 0; i < entry; i++) sum += counts[i] as number;
    return sum;
  }
  for (let i = entry; i < counts.length; i++) sum += counts[i] as number;
  return count - sum;
}

/** The first place in [from, to) of ascending numbers that holds at least `wanted`; `to` when none does. */
function firstAtLeast(ascending: Uint16Array | Float64Array, wanted: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
