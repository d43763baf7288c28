import { BUCKET_COUNT, EMPTY_HISTOGRAM, type SparseHistogram } from './histogram';

/**
 * Counts by bucket from which sparse histograms are made, one after the other: it is empty again after each. Which buckets hold something is noted
 * in one bit each, so what it costs to read them hangs on how many were counted, not on how far they lie apart; that is what makes one
 * of these, used for thousands of small histograms in turn, as cheap as it is.
 */
export class BucketTally {
  private readonly counts = new Uint32Array(BUCKET_COUNT);
  private readonly filled = new Uint32Array(BUCKET_COUNT / 32);
  private lowWord = BUCKET_COUNT;
  private highWord = -1;

  /** Counts `count` values in a bucket. */
  add(index: number, count: number): void {
    const { counts, filled } = this;
    const word = index >>> 5;
    counts[index] = (counts[index] as number) + count;
    filled[word] = (filled[word] as number) | (1 << (index & 31));
    if (word < this.lowWord) this.lowWord = word;
    if (word > this.highWord) this.highWord = word;
  }

  /** Counts the values of a stretch of sparse buckets. */
  addBuckets(indexes: Uint16Array, counts: Uint32Array, from: number, to: number): void {
    for (let i = from; i < to; i++) this.add(indexes[i] as number, counts[i] as number);
  }

  /** Writes the filled buckets, ascending, to both arrays from place `at` on, empties them, and returns the place behind the last. */
  drainInto(indexes: Uint16Array, counts: Uint32Array, at: number): number {
    let end = at;
    for (let word = this.lowWord; word <= this.highWord; word++) {
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
    this.lowWord = BUCKET_COUNT;
    this.highWord = -1;
    return end;
  }

  /** The filled buckets as a histogram of the given figures; it is empty afterwards. */
  drain({ count, sum, min, max }: Pick<SparseHistogram, 'count' | 'sum' | 'min' | 'max'>): SparseHistogram {
    if (count === 0) return EMPTY_HISTOGRAM;
    const filled = this.drainInto(drainedIndexes, drainedCounts, 0);
    return { count, sum, min, max, indexes: drainedIndexes.slice(0, filled), counts: drainedCounts.slice(0, filled) };
  }
}

const drainedIndexes = new Uint16Array(BUCKET_COUNT);
const drainedCounts = new Uint32Array(BUCKET_COUNT);
