import { BUCKET_COUNT, bucketIndex, EMPTY_HISTOGRAM, type SparseHistogram } from './histogram';

/**
 * Makes sparse histograms, one after the other: it is empty again after each, and nothing is allocated while it is counted in. Which buckets
 * hold something is noted in one bit each, so what it costs to read them hangs on how many there are, not on how far they lie apart; that is what makes
 * one of these, used for thousands of small histograms in turn, as cheap as it is.
 */
export class BucketTally {
  count = 0;
  /** us, as all from here on. */
  sum = 0;
  min = 0;
  max = 0;
  private readonly counts = new Uint32Array(BUCKET_COUNT);
  private readonly filled = new Uint32Array(BUCKET_COUNT / 32);

  /** Counts one value (whole). */
  record(value: number): void {
    if (this.count === 0 || value < this.min) this.min = value;
    if (value > this.max) this.max = value;
    this.sum += value;
    this.count++;
    this.addToBucket(bucketIndex(value), 1);
  }

  /** Counts every `step`th of some values. As `record` of each, but with all that changes in variables of its own. */
  recordAll(values: Float64Array, from: number, to: number, step: number): void {
    if (from >= to) return;
    const { counts, filled } = this;
    let min = values[from] as number;
    let max = 0;
    let sum = 0;
    let count = 0;
    for (let at = from; at < to; at += step) {
      const value = values[at] as number;
      const index = bucketIndex(value);
      const before = counts[index] as number;
      counts[index] = before + 1;
      if (before === 0) filled[index >>> 5] = (filled[index >>> 5] as number) | (1 << (index & 31));
      if (value < min) min = value;
      if (value > max) max = value;
      sum += value;
      count++;
    }
    this.addFigures(count, sum, min, max);
  }

  /** Adds what is in a stretch of sparse buckets; `count` to `max` are its figures. */
  addBuckets(
    { indexes, counts }: Pick<SparseHistogram, 'indexes' | 'counts'>,
    from: number,
    to: number,
    { count, sum, min, max }: Pick<SparseHistogram, 'count' | 'sum' | 'min' | 'max'>,
  ): void {
    if (count === 0) return;
    for (let at = from; at < to; at++) this.addToBucket(indexes[at] as number, counts[at] as number);
    this.addFigures(count, sum, min, max);
  }

  /** Writes the filled buckets, ascending, to both arrays from place `at` on, and returns the place behind the last. It is empty then. */
  drainInto(indexes: Uint16Array, counts: Uint32Array, at: number): number {
    let end = at;
    if (this.count > 0) {
      const lastWord = bucketIndex(this.max) >>> 5;
      for (let word = bucketIndex(this.min) >>> 5; word <= lastWord; word++) {
        let bits = this.filled[word] as number;
        if (bits === 0) continue;
        this.filled[word] = 0;
        while (bits !== 0) {
          // The lowest bit that is set.
          const lowest = bits & -bits;
          const index = (word << 5) + 31 - Math.clz32(lowest);
          bits ^= lowest;
          indexes[end] = index;
          counts[end++] = this.counts[index] as number;
          this.counts[index] = 0;
        }
      }
    }
    this.count = 0;
    this.sum = 0;
    this.min = 0;
    this.max = 0;
    return end;
  }

  /** What was counted, as a histogram; it is empty then. */
  drain(): SparseHistogram {
    const { count, sum, min, max } = this;
    if (count === 0) return EMPTY_HISTOGRAM;
    const filled = this.drainInto(drainedIndexes, drainedCounts, 0);
    return { count, sum, min, max, indexes: drainedIndexes.slice(0, filled), counts: drainedCounts.slice(0, filled) };
  }

  private addToBucket(index: number, count: number): void {
    const before = this.counts[index] as number;
    this.counts[index] = before + count;
    if (before === 0) this.filled[index >>> 5] = (this.filled[index >>> 5] as number) | (1 << (index & 31));
  }

  private addFigures(count: number, sum: number, min: number, max: number): void {
    if (this.count === 0 || min < this.min) this.min = min;
    if (max > this.max) this.max = max;
    this.sum += sum;
    this.count += count;
  }
}

const drainedIndexes = new Uint16Array(BUCKET_COUNT);
const drainedCounts = new Uint32Array(BUCKET_COUNT);
