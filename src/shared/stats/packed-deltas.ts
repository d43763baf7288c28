import { BucketTally } from './bucket-tally';
import { PHASES, type Phase, type SeriesDelta } from './frame';
import { BUCKET_COUNT, EMPTY_HISTOGRAM, type SparseHistogram } from './histogram';

/**
 * Deltas of many series as they travel: three arrays, however many there are, because a message costs by the objects in it. A delta is
 * `DELTA_FIGURES` figures, and its filled buckets follow those of the delta before it.
 */
export interface PackedDeltas {
  /** For each delta its series, its phase (place in `PHASES`), its counters; then of each of its histograms count, sum, min, max and filled buckets. */
  figures: Float64Array;
  /** Filled buckets of all histograms. */
  indexes: Uint16Array;
  counts: Uint32Array;
}

export const DELTA_COUNTERS = ['started', 'completed', 'failed', 'aborted', 'missed', 'resent', 'bodyBytes'] as const;
const HISTOGRAMS = ['latency', 'responseFromSchedule', 'connect'] as const;
const HISTOGRAM_FIGURES = 5;
const HISTOGRAMS_AT = 2 + DELTA_COUNTERS.length;
const DELTA_FIGURES = HISTOGRAMS_AT + HISTOGRAMS.length * HISTOGRAM_FIGURES;

/** A number for each series and phase: 0, 1, 2, … */
export function seriesPhaseKey(series: number, phase: Phase): number {
  return series * PHASES.length + (phase === 'steady' ? 1 : phase === 'ramp' ? 0 : 2);
}

/** Packs deltas, one after the other: `begin`, then what it is made of in its order. */
export class DeltaPacker {
  private figures = new Float64Array(DELTA_FIGURES);
  private indexes = new Uint16Array(BUCKET_COUNT);
  private counts = new Uint32Array(BUCKET_COUNT);
  private figureCount = 0;
  private bucketCount = 0;

  /** Begins a delta; its counters follow as `figure`s, then its histograms. */
  begin(key: number): void {
    const needed = this.figureCount + DELTA_FIGURES;
    if (needed > this.figures.length) this.figures = grown(this.figures, new Float64Array(needed * 2));
    this.figure(Math.floor(key / PHASES.length));
    this.figure(key % PHASES.length);
  }

  /** The next counter, in the order of `DELTA_COUNTERS`. */
  figure(value: number): void {
    this.figures[this.figureCount++] = value;
  }

  /** The next histogram: what is in a tally, which is empty then. */
  histogram(tally: BucketTally): void {
    const needed = this.bucketCount + BUCKET_COUNT;
    if (needed > this.indexes.length) {
      this.indexes = grown(this.indexes, new Uint16Array(needed * 2));
      this.counts = grown(this.counts, new Uint32Array(needed * 2));
    }
    this.figure(tally.count);
    this.figure(tally.sum);
    this.figure(tally.min);
    this.figure(tally.max);
    const end = tally.drainInto(this.indexes, this.counts, this.bucketCount);
    this.figure(end - this.bucketCount);
    this.bucketCount = end;
  }

  /** What was packed since the last call. */
  take(): PackedDeltas {
    const packed = {
      figures: this.figures.slice(0, this.figureCount),
      indexes: this.indexes.slice(0, this.bucketCount),
      counts: this.counts.slice(0, this.bucketCount),
    };
    this.figureCount = 0;
    this.bucketCount = 0;
    return packed;
  }
}

function grown<Numbers extends Float64Array | Uint16Array | Uint32Array>(from: Numbers, to: Numbers): Numbers {
  to.set(from);
  return to;
}

/** What deltas were merged into before they became objects, so that it need not be made again to send them. */
const packedForms = new WeakMap<readonly SeriesDelta[], PackedDeltas>();

/** Packs deltas as they are. */
export function packDeltas(deltas: readonly SeriesDelta[]): PackedDeltas {
  return packedForms.get(deltas) ?? packAnew(deltas);
}

function packAnew(deltas: readonly SeriesDelta[]): PackedDeltas {
  let buckets = 0;
  for (const delta of deltas) for (const name of HISTOGRAMS) buckets += delta[name].indexes.length;
  const figures = new Float64Array(deltas.length * DELTA_FIGURES);
  const packed = { figures, indexes: new Uint16Array(buckets), counts: new Uint32Array(buckets) };
  let at = 0;
  let bucket = 0;
  for (const delta of deltas) {
    figures[at++] = delta.series;
    figures[at++] = PHASES.indexOf(delta.phase);
    for (const counter of DELTA_COUNTERS) figures[at++] = delta[counter];
    for (const name of HISTOGRAMS) {
      const { count, sum, min, max, indexes, counts } = delta[name];
      figures[at++] = count;
      figures[at++] = sum;
      figures[at++] = min;
      figures[at++] = max;
      figures[at++] = indexes.length;
      packed.indexes.set(indexes, bucket);
      packed.counts.set(counts, bucket);
      bucket += indexes.length;
    }
  }
  return packed;
}

/** The inverse of `packDeltas`. Buckets are stretches of the packed ones, not copies. */
export function unpackDeltas({ figures, indexes, counts }: PackedDeltas): SeriesDelta[] {
  const deltas: SeriesDelta[] = [];
  let bucket = 0;
  const histogram = (at: number): SparseHistogram => {
    const from = bucket;
    bucket += figures[at + 4] as number;
    if (figures[at] === 0) return EMPTY_HISTOGRAM;
    const [count, sum, min, max] = [figures[at], figures[at + 1], figures[at + 2], figures[at + 3]] as [
      number,
      number,
      number,
      number,
    ];
    return { count, sum, min, max, indexes: indexes.subarray(from, bucket), counts: counts.subarray(from, bucket) };
  };
  for (let at = 0; at < figures.length; at += DELTA_FIGURES) {
    const counters = at + 2;
    deltas.push({
      series: figures[at] as number,
      phase: PHASES[figures[at + 1] as number] as Phase,
      started: figures[counters] as number,
      completed: figures[counters + 1] as number,
      failed: figures[counters + 2] as number,
      aborted: figures[counters + 3] as number,
      missed: figures[counters + 4] as number,
      resent: figures[counters + 5] as number,
      bodyBytes: figures[counters + 6] as number,
      latency: histogram(at + HISTOGRAMS_AT),
      responseFromSchedule: histogram(at + HISTOGRAMS_AT + HISTOGRAM_FIGURES),
      connect: histogram(at + HISTOGRAMS_AT + 2 * HISTOGRAM_FIGURES),
    });
  }
  return deltas;
}

/** Calls back for each delta with its key and how many more of its requests were begun than came to an end. */
export function forEachInFlight({ figures }: PackedDeltas, callback: (key: number, inFlight: number) => void): void {
  for (let at = 0; at < figures.length; at += DELTA_FIGURES) {
    const [started, completed, failed, aborted] = [at + 2, at + 3, at + 4, at + 5];
    const ended = (figures[completed] as number) + (figures[failed] as number) + (figures[aborted] as number);
    callback(keyAt(figures, at), (figures[started] as number) - ended);
  }
}

function keyAt(figures: Float64Array, at: number): number {
  return (figures[at] as number) * PHASES.length + (figures[at + 1] as number);
}

/** All deltas of all parts added up: each series and phase once, ascending. They are not to be changed: `packDeltas` gives what they were made of. */
export function mergeDeltas(parts: readonly PackedDeltas[]): SeriesDelta[] {
  const rows = new RowsByKey(parts);
  for (let key = 0; key < rows.keys; key++) if (rows.has(key)) mergeRows(rows, key);
  const packed = packer.take();
  const deltas = unpackDeltas(packed);
  packedForms.set(deltas, packed);
  return deltas;
}

/** A row: its part, its first figure, where the buckets of each of its histograms begin, the next row of the same key (-1: none). */
const PART = 0;
const AT = 1;
const BUCKETS = 2;
const NEXT = BUCKETS + HISTOGRAMS.length;
const ROW = NEXT + 1;

/**
 * Finds the deltas of a key in all parts. Chains in arrays of numbers, because each second has thousands of rows, and as objects they would be the most
 * of what there is to collect.
 */
class RowsByKey {
  readonly keys: number;
  private readonly rows: Int32Array;
  /** First row of each key; -1: none. */
  private readonly first: Int32Array;

  constructor(readonly parts: readonly PackedDeltas[]) {
    const rowCount = parts.reduce((sum, { figures }) => sum + figures.length / DELTA_FIGURES, 0);
    this.rows = new Int32Array(rowCount * ROW);
    let row = 0;
    let highest = -1;
    for (const [part, { figures }] of parts.entries()) {
      let bucket = 0;
      for (let at = 0; at < figures.length; at += DELTA_FIGURES) {
        this.rows[row + PART] = part;
        this.rows[row + AT] = at;
        for (let which = 0; which < HISTOGRAMS.length; which++) {
          this.rows[row + BUCKETS + which] = bucket;
          bucket += figures[at + HISTOGRAMS_AT + which * HISTOGRAM_FIGURES + 4] as number;
        }
        highest = Math.max(highest, keyAt(figures, at));
        row += ROW;
      }
    }
    this.keys = highest + 1;
    this.first = new Int32Array(this.keys).fill(-1);
    for (row -= ROW; row >= 0; row -= ROW) {
      const key = keyAt(this.partOf(row).figures, this.atOf(row));
      this.rows[row + NEXT] = this.first[key] as number;
      this.first[key] = row;
    }
  }

  has(key: number): boolean {
    return this.first[key] !== -1;
  }

  /** -1: none. */
  firstOf(key: number): number {
    return this.first[key] as number;
  }

  nextOf(row: number): number {
    return this.rows[row + NEXT] as number;
  }

  partOf(row: number): PackedDeltas {
    return this.parts[this.rows[row + PART] as number] as PackedDeltas;
  }

  atOf(row: number): number {
    return this.rows[row + AT] as number;
  }

  bucketOf(row: number, which: number): number {
    return this.rows[row + BUCKETS + which] as number;
  }
}

const packer = new DeltaPacker();
const tally = new BucketTally();

function mergeRows(rows: RowsByKey, key: number): void {
  packer.begin(key);
  for (let place = 2; place < HISTOGRAMS_AT; place++) {
    let sum = 0;
    for (let row = rows.firstOf(key); row !== -1; row = rows.nextOf(row)) {
      sum += rows.partOf(row).figures[rows.atOf(row) + place] as number;
    }
    packer.figure(sum);
  }
  for (let which = 0; which < HISTOGRAMS.length; which++) {
    for (let row = rows.firstOf(key); row !== -1; row = rows.nextOf(row)) addHistogram(rows, row, which);
    packer.histogram(tally);
  }
}

function addHistogram(rows: RowsByKey, row: number, which: number): void {
  const part = rows.partOf(row);
  const { figures } = part;
  const at = rows.atOf(row) + HISTOGRAMS_AT + which * HISTOGRAM_FIGURES;
  const from = rows.bucketOf(row, which);
  tally.addBuckets(part, from, from + (figures[at + 4] as number), {
    count: figures[at] as number,
    sum: figures[at + 1] as number,
    min: figures[at + 2] as number,
    max: figures[at + 3] as number,
  });
}
