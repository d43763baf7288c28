/**
 * The one histogram layout (see docs/statistics.md): log-linear after Gil Tene's HdrHistogram, 256 sub-buckets
 * for each power of two. Values are whole microseconds. Below 256 a bucket holds one value; above, a
 * bucket is at most 1/256 of its value wide, so any value is known within 0.4 %.
 */
const SUB_BUCKET_BITS = 8;
const SUB_BUCKETS = 1 << SUB_BUCKET_BITS;
/** Buckets in the layout: values up to 2^32 - 1 us (71 minutes); larger ones count in the last bucket. */
export const BUCKET_COUNT = SUB_BUCKETS * (32 - SUB_BUCKET_BITS + 1);
const LARGEST = 2 ** 32 - 1;

/** The bucket that a value (us, whole, not negative) counts in. */
export function bucketIndex(valueUs: number): number {
  if (valueUs < SUB_BUCKETS) return valueUs < 0 ? 0 : valueUs | 0;
  if (valueUs > LARGEST) return BUCKET_COUNT - 1;
  const shift = 31 - Math.clz32(valueUs) - SUB_BUCKET_BITS;
  return (shift << SUB_BUCKET_BITS) + (valueUs >>> shift);
}

/** The largest value (us) that counts in a bucket. */
export function bucketUpperEnd(index: number): number {
  if (index < 2 * SUB_BUCKETS) return index;
  const shift = (index >>> SUB_BUCKET_BITS) - 1;
  // A shift of at most 23, because a power takes longer than to find the bucket.
  return ((index & (SUB_BUCKETS - 1)) + SUB_BUCKETS + 1) * (1 << shift) - 1;
}

/**
 * The rank (1 to `count`) of percentile `p` (0 to 100) among `count` ascending values: the smallest whole rank that is at least p % of them.
 * The factor keeps 99.9 % of 1000 at rank 999 in spite of binary fractions, at any count.
 */
export function percentileRank(p: number, count: number): number {
  return Math.min(count, Math.max(1, Math.ceil((p / 100) * count * (1 - 1e-14))));
}

/** A histogram as it travels: only buckets that hold something, in ascending order. Structured-clone safe. */
export interface SparseHistogram {
  count: number;
  /** Sum of all values, us, exact. */
  sum: number;
  /** Smallest and largest value, us, exact; 0 when empty. */
  min: number;
  max: number;
  indexes: Uint16Array;
  counts: Uint32Array;
}

export const EMPTY_HISTOGRAM: SparseHistogram = {
  count: 0,
  sum: 0,
  min: 0,
  max: 0,
  indexes: new Uint16Array(0),
  counts: new Uint32Array(0),
};

const NO_COUNTS = new Float64Array(0);
/** A histogram grows by whole stretches of so many buckets (a power of two), and knows the sum of each, so that a percentile is found with few looks. */
const STRETCH_BITS = 6;
const STRETCH = 1 << STRETCH_BITS;

/**
 * A histogram to merge into and to read percentiles from. Counts are doubles, so that no merge overflows. Only the stretches of buckets between
 * the lowest and the highest that was counted are held: of a thousand series that is a tenth of all buckets or less.
 * For the hot path of a shard see its recorder, which counts in the same layout.
 */
export class Histogram {
  /** Counts of the buckets from `first` on. */
  private counts = NO_COUNTS;
  /** Sum of each stretch of them. */
  private stretches = NO_COUNTS;
  private first = 0;
  count = 0;
  sum = 0;
  min = 0;
  max = 0;

  /** Counts one value (us, whole). */
  record(valueUs: number): void {
    const index = bucketIndex(valueUs);
    this.hold(index, index);
    this.addAt(index - this.first, 1);
    if (this.count === 0 || valueUs < this.min) this.min = valueUs;
    if (valueUs > this.max) this.max = valueUs;
    this.sum += valueUs;
    this.count++;
  }

  /** Adds another histogram's counts: the only way two are ever combined. */
  add(other: SparseHistogram): void {
    if (other.count === 0) return;
    this.addBuckets(other, 1);
    this.addFigures(other);
  }

  /** Adds the counts of another histogram of this kind. */
  addHistogram(other: Histogram): void {
    if (other.count === 0) return;
    this.hold(other.first, other.first + other.counts.length - 1);
    addInto(this.counts, other.counts, other.first - this.first);
    addInto(this.stretches, other.stretches, (other.first - this.first) >> STRETCH_BITS);
    this.addFigures(other);
  }

  /**
   * Percentile `p` (0 to 100) in us: the smallest value v with at least p % of the values <= v, reported as its bucket's
   * upper end clamped to [min, max]. NaN when empty.
   */
  percentile(p: number): number {
    return Histogram.percentilesOf([this], [p])[0] as number;
  }

  /** Percentiles, in ascending order, of what several histograms add up to: as `percentile` of each, without adding up more than is looked at. */
  static percentilesOf(parts: readonly Histogram[], ascending: readonly number[]): number[] {
    const filled = parts.filter(({ count }) => count > 0);
    if (filled.length === 0) return ascending.map(() => Number.NaN);
    const count = filled.reduce((sum, part) => sum + part.count, 0);
    const min = Math.min(...filled.map((part) => part.min));
    const max = Math.max(...filled.map((part) => part.max));
    const endStretch = BUCKET_COUNT >> STRETCH_BITS;
    let stretch = Math.min(...filled.map(({ first }) => first)) >> STRETCH_BITS;
    let before = 0;
    return ascending.map((p) => {
      const rank = percentileRank(p, count);
      for (; stretch < endStretch; stretch++) {
        let within = 0;
        for (const part of filled) within += numberAt(part.stretches, stretch - (part.first >> STRETCH_BITS));
        if (before + within >= rank) break;
        before += within;
      }
      let seen = before;
      let index = stretch << STRETCH_BITS;
      for (; index < BUCKET_COUNT - 1; index++) {
        for (const part of filled) seen += numberAt(part.counts, index - part.first);
        if (seen >= rank) return Math.min(max, Math.max(min, bucketUpperEnd(index)));
      }
      // The last bucket has no upper end of its own: everything beyond the layout counts in it.
      return max;
    });
  }

  /** Mean in us, exact; NaN when empty. */
  mean(): number {
    return this.count === 0 ? Number.NaN : this.sum / this.count;
  }

  /** The filled buckets only. */
  toSparse(): SparseHistogram {
    const { counts, first } = this;
    let filled = 0;
    for (let at = 0; at < counts.length; at++) if (counts[at] !== 0) filled++;
    const sparse = {
      count: this.count,
      sum: this.sum,
      min: this.min,
      max: this.max,
      indexes: new Uint16Array(filled),
      counts: new Uint32Array(filled),
    };
    for (let at = 0, to = 0; to < filled; at++) {
      if (counts[at] === 0) continue;
      sparse.indexes[to] = first + at;
      sparse.counts[to++] = counts[at] as number;
    }
    return sparse;
  }

  /** Adds the counts of another histogram's buckets so many times; -1 takes them out again. */
  protected addBuckets({ indexes, counts }: SparseHistogram, times: number): void {
    if (indexes.length === 0) return;
    this.hold(indexes[0] as number, indexes[indexes.length - 1] as number);
    const { first } = this;
    for (let i = 0; i < indexes.length; i++) this.addAt((indexes[i] as number) - first, times * (counts[i] as number));
  }

  private addAt(at: number, count: number): void {
    const { counts, stretches } = this;
    counts[at] = (counts[at] as number) + count;
    stretches[at >> STRETCH_BITS] = (stretches[at >> STRETCH_BITS] as number) + count;
  }

  private addFigures(other: { count: number; sum: number; min: number; max: number }): void {
    if (this.count === 0 || other.min < this.min) this.min = other.min;
    if (other.max > this.max) this.max = other.max;
    this.sum += other.sum;
    this.count += other.count;
  }

  /** Sees to it that the buckets from `low` to `high` are held. */
  private hold(low: number, high: number): void {
    const { counts, stretches, first } = this;
    const end = first + counts.length;
    if (low >= first && high < end) return;
    const isEmpty = counts.length === 0;
    // By half of what there is at least, so that one that grows bit by bit is not copied each time.
    const more = counts.length >> 1;
    const from = isEmpty ? low : low < first ? Math.min(low, first - more) : first;
    const to = isEmpty ? high + 1 : high >= end ? Math.max(high + 1, end + more) : end;
    this.first = Math.max(0, Math.floor(from / STRETCH) * STRETCH);
    this.counts = new Float64Array(Math.min(BUCKET_COUNT, Math.ceil(to / STRETCH) * STRETCH) - this.first);
    this.stretches = new Float64Array(this.counts.length >> STRETCH_BITS);
    if (isEmpty) return;
    this.counts.set(counts, first - this.first);
    this.stretches.set(stretches, (first - this.first) >> STRETCH_BITS);
  }
}

/** 0 where there is none. Asked before, because to look beside an array takes long. */
function numberAt(numbers: Float64Array, at: number): number {
  return at >= 0 && at < numbers.length ? (numbers[at] as number) : 0;
}

function addInto(sums: Float64Array, numbers: Float64Array, shift: number): void {
  for (let at = 0; at < numbers.length; at++) sums[at + shift] = (sums[at + shift] as number) + (numbers[at] as number);
}

/** The sum of two histograms: counts of equal buckets added, in one pass over both. */
export function mergeSparse(a: SparseHistogram, b: SparseHistogram): SparseHistogram {
  if (a.count === 0) return b;
  if (b.count === 0) return a;
  const indexes = new Uint16Array(a.indexes.length + b.indexes.length);
  const counts = new Uint32Array(indexes.length);
  let filled = 0;
  let i = 0;
  let j = 0;
  while (i < a.indexes.length || j < b.indexes.length) {
    const left = a.indexes[i] ?? BUCKET_COUNT;
    const right = b.indexes[j] ?? BUCKET_COUNT;
    indexes[filled] = Math.min(left, right);
    counts[filled++] = (left <= right ? (a.counts[i++] as number) : 0) + (right <= left ? (b.counts[j++] as number) : 0);
  }
  return {
    count: a.count + b.count,
    sum: a.sum + b.sum,
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
    indexes: indexes.slice(0, filled),
    counts: counts.slice(0, filled),
  };
}

/** Where `mergeAll` adds up; all zero between its calls. */
const sums = new Float64Array(BUCKET_COUNT);

/** The sum of any number of histograms: as `mergeSparse` of one after the other, in one pass over each. */
export function mergeAll(histograms: readonly SparseHistogram[]): SparseHistogram {
  const filled = histograms.filter(({ count }) => count > 0);
  const [first = EMPTY_HISTOGRAM, second] = filled;
  if (!second) return first;
  const merged = { count: 0, sum: 0, min: first.min, max: first.max };
  let lowest = BUCKET_COUNT;
  let highest = -1;
  for (const { count, sum, min, max, indexes, counts } of filled) {
    merged.count += count;
    merged.sum += sum;
    merged.min = Math.min(merged.min, min);
    merged.max = Math.max(merged.max, max);
    lowest = Math.min(lowest, indexes[0] as number);
    highest = Math.max(highest, indexes[indexes.length - 1] as number);
    for (let i = 0; i < indexes.length; i++) {
      const index = indexes[i] as number;
      sums[index] = (sums[index] as number) + (counts[i] as number);
    }
  }
  let buckets = 0;
  for (let index = lowest; index <= highest; index++) if (sums[index] !== 0) buckets++;
  const indexes = new Uint16Array(buckets);
  const counts = new Uint32Array(buckets);
  for (let index = lowest, at = 0; index <= highest; index++) {
    if (sums[index] === 0) continue;
    indexes[at] = index;
    counts[at++] = sums[index] as number;
    sums[index] = 0;
  }
  return { ...merged, indexes, counts };
}

/** Percentile `p` (0 to 100) in us, defined as `Histogram.percentile` is; NaN when empty. */
export function sparsePercentile(histogram: SparseHistogram, p: number): number {
  return sparsePercentiles(histogram, [p])[0] as number;
}

/** Several percentiles, in ascending order, in one pass. */
export function sparsePercentiles({ count, min, max, indexes, counts }: SparseHistogram, ascending: readonly number[]): number[] {
  if (count === 0) return ascending.map(() => Number.NaN);
  let at = 0;
  let seen = counts[0] as number;
  return ascending.map((p) => {
    const rank = percentileRank(p, count);
    while (seen < rank && at < counts.length - 1) seen += counts[++at] as number;
    const index = indexes[at] as number;
    // The last bucket has no upper end of its own: everything beyond the layout counts in it.
    return seen < rank || index === BUCKET_COUNT - 1 ? max : Math.min(max, Math.max(min, bucketUpperEnd(index)));
  });
}
