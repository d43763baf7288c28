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

/** A histogram holds whole stretches of so many buckets (a power of two), and knows the sum of each, so that a percentile is found with few looks. */
const STRETCH_BITS = 6;
const STRETCH = 1 << STRETCH_BITS;
const STRETCH_COUNT = BUCKET_COUNT >> STRETCH_BITS;
/** It makes room for so many at a time: few copies while it is new, and little that is held for nothing. */
const STRETCHES_AT_A_TIME = 4;
const NO_COUNTS = new Float64Array(0);
const NO_PLACES = new Uint8Array(STRETCH_COUNT);

/**
 * A histogram to merge into and to read percentiles from. Counts are doubles, so that no merge overflows. Only the stretches of buckets in which
 * something was counted are held: of a thousand series that is a tenth of all buckets or less. What lies between two of them costs nothing, so
 * a time that is longer than ever before, as there is one now and then in a long run, makes it no larger than any other new time does.
 * For the hot path of a shard see its recorder, which counts in the same layout.
 */
export class Histogram {
  /** Counts of the buckets of the stretches held, one stretch behind the other, in the order in which they were first counted in. */
  private counts = NO_COUNTS;
  /** Sum of each of these stretches. */
  private totals = NO_COUNTS;
  /** Of each stretch of the layout its place among those held, from 1 on; 0: not held. */
  private places = NO_PLACES;
  private held = 0;
  count = 0;
  sum = 0;
  min = 0;
  max = 0;

  /** Counts one value (us, whole). */
  record(valueUs: number): void {
    const index = bucketIndex(valueUs);
    const place = this.placeOf(index >> STRETCH_BITS);
    const at = (place << STRETCH_BITS) + (index & (STRETCH - 1));
    this.counts[at] = (this.counts[at] as number) + 1;
    this.totals[place] = (this.totals[place] as number) + 1;
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
    if (this.held === 0) {
      this.counts = other.counts.slice();
      this.totals = other.totals.slice();
      this.places = other.places.slice();
      this.held = other.held;
    } else {
      for (let stretch = 0; stretch < STRETCH_COUNT; stretch++) {
        const theirs = other.places[stretch] as number;
        if (theirs === 0) continue;
        const place = this.placeOf(stretch);
        other.addStretchInto(this.counts, place << STRETCH_BITS, stretch);
        this.totals[place] = (this.totals[place] as number) + (other.totals[theirs - 1] as number);
      }
    }
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
    let stretch = bucketIndex(min) >> STRETCH_BITS;
    let before = 0;
    /** The buckets of the stretch that was looked at last, added up. */
    const buckets = new Float64Array(STRETCH);
    let added = -1;
    return ascending.map((p) => {
      const rank = percentileRank(p, count);
      for (; stretch < STRETCH_COUNT; stretch++) {
        let within = 0;
        for (const part of filled) {
          const place = part.places[stretch] as number;
          if (place !== 0) within += part.totals[place - 1] as number;
        }
        if (before + within >= rank) break;
        before += within;
      }
      if (stretch === STRETCH_COUNT) return max;
      if (added !== stretch) {
        buckets.fill(0);
        for (const part of filled) part.addStretchInto(buckets, 0, stretch);
        added = stretch;
      }
      let seen = before;
      let at = 0;
      for (; at < STRETCH - 1; at++) {
        seen += buckets[at] as number;
        if (seen >= rank) break;
      }
      const index = (stretch << STRETCH_BITS) + at;
      // The last bucket has no upper end of its own: everything beyond the layout counts in it.
      return index === BUCKET_COUNT - 1 ? max : Math.min(max, Math.max(min, bucketUpperEnd(index)));
    });
  }

  /** Mean in us, exact; NaN when empty. */
  mean(): number {
    return this.count === 0 ? Number.NaN : this.sum / this.count;
  }

  /** The filled buckets only. */
  toSparse(): SparseHistogram {
    const { counts, places } = this;
    let filled = 0;
    for (let at = 0; at < counts.length; at++) if (counts[at] !== 0) filled++;
    const indexes = new Uint16Array(filled);
    const sparse = { count: this.count, sum: this.sum, min: this.min, max: this.max, indexes, counts: new Uint32Array(filled) };
    for (let stretch = 0, to = 0; to < filled; stretch++) {
      const place = (places[stretch] as number) - 1;
      if (place === -1) continue;
      for (let at = 0; at < STRETCH; at++) {
        const here = counts[(place << STRETCH_BITS) + at] as number;
        if (here === 0) continue;
        indexes[to] = (stretch << STRETCH_BITS) + at;
        sparse.counts[to++] = here;
      }
    }
    return sparse;
  }

  /** Adds the counts of another histogram's buckets so many times; -1 takes them out again. */
  protected addBuckets({ indexes, counts }: SparseHistogram, times: number): void {
    if (this.held === 0) this.makeRoom(stretchesOf(indexes));
    for (let i = 0; i < indexes.length; ) {
      const stretch = (indexes[i] as number) >> STRETCH_BITS;
      const place = this.placeOf(stretch);
      const held = this.counts;
      const shift = (place - stretch) << STRETCH_BITS;
      const end = (stretch + 1) << STRETCH_BITS;
      let total = 0;
      for (; i < indexes.length; i++) {
        const index = indexes[i] as number;
        if (index >= end) break;
        const more = times * (counts[i] as number);
        held[shift + index] = (held[shift + index] as number) + more;
        total += more;
      }
      this.totals[place] = (this.totals[place] as number) + total;
    }
  }

  /** Adds the buckets of a stretch to `sums`, from `to` on. */
  private addStretchInto(sums: Float64Array, to: number, stretch: number): void {
    const place = this.places[stretch] as number;
    if (place === 0) return;
    const { counts } = this;
    const from = (place - 1) << STRETCH_BITS;
    for (let at = 0; at < STRETCH; at++) sums[to + at] = (sums[to + at] as number) + (counts[from + at] as number);
  }

  private addFigures(other: { count: number; sum: number; min: number; max: number }): void {
    if (this.count === 0 || other.min < this.min) this.min = other.min;
    if (other.max > this.max) this.max = other.max;
    this.sum += other.sum;
    this.count += other.count;
  }

  /** The place of a stretch among those held, from 0 on; it is held from now on. */
  private placeOf(stretch: number): number {
    const place = this.places[stretch] as number;
    return place !== 0 ? place - 1 : this.hold(stretch);
  }

  private hold(stretch: number): number {
    if (this.held === this.totals.length) this.makeRoom(STRETCHES_AT_A_TIME);
    this.places[stretch] = ++this.held;
    return this.held - 1;
  }

  /** Makes room for so many more stretches. */
  private makeRoom(more: number): void {
    const { counts, totals } = this;
    if (this.held === 0) this.places = new Uint8Array(STRETCH_COUNT);
    const room = Math.min(STRETCH_COUNT, this.held + more);
    this.counts = new Float64Array(room << STRETCH_BITS);
    this.counts.set(counts);
    this.totals = new Float64Array(room);
    this.totals.set(totals);
  }
}

/** In how many stretches ascending buckets lie. */
function stretchesOf(indexes: Uint16Array): number {
  let stretches = 0;
  let last = -1;
  for (let i = 0; i < indexes.length; i++) {
    const stretch = (indexes[i] as number) >> STRETCH_BITS;
    if (stretch !== last) stretches++;
    last = stretch;
  }
  return stretches;
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
