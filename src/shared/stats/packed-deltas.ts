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

const tally = new BucketTally();
const packer = new DeltaPacker();

/** Packs deltas as they are. */
export function packDeltas(deltas: readonly SeriesDelta[]): PackedDeltas {
  for (const delta of deltas) {
    packer.begin(seriesPhaseKey(delta.series, delta.phase));
    for (const counter of DELTA_COUNTERS) packer.figure(delta[counter]);
    for (const name of HISTOGRAMS) {
      const histogram = delta[name];
      tally.addBuckets(histogram, 0, histogram.indexes.length, histogram);
      packer.histogram(tally);
    }
  }
  return packer.take();
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

/** All deltas of all parts added up: each series and phase once, ascending. */
export function mergeDeltas(parts: readonly PackedDeltas[]): SeriesDelta[] {
  const rows = rowsByKey(parts);
  const buckets = new BucketShelf(parts.reduce((sum, { indexes }) => sum + indexes.length, 0));
  return [...rows.keys()].sort((a, b) => a - b).map((key) => mergeRows(key, rows.get(key) ?? [], buckets));
}

/** Room for the buckets of many histograms: two arrays of which each has a stretch are far less to collect than two for each. */
class BucketShelf {
  private readonly indexes: Uint16Array;
  private readonly counts: Uint32Array;
  private end = 0;

  /** `buckets`: as many as there can be at most. */
  constructor(buckets: number) {
    this.indexes = new Uint16Array(buckets);
    this.counts = new Uint32Array(buckets);
  }

  /** What was counted, as a histogram; the tally is empty then. */
  take(tally: BucketTally): SparseHistogram {
    const { count, sum, min, max } = tally;
    if (count === 0) return EMPTY_HISTOGRAM;
    const from = this.end;
    this.end = tally.drainInto(this.indexes, this.counts, from);
    return { count, sum, min, max, indexes: this.indexes.subarray(from, this.end), counts: this.counts.subarray(from, this.end) };
  }
}

/** Where a delta stands in its part. */
interface Row {
  part: PackedDeltas;
  /** Its first figure. */
  at: number;
  /** Where the buckets of each of its histograms begin. */
  buckets: [number, number, number];
}

function rowsByKey(parts: readonly PackedDeltas[]): Map<number, Row[]> {
  const rows = new Map<number, Row[]>();
  for (const part of parts) {
    const { figures } = part;
    let bucket = 0;
    for (let at = 0; at < figures.length; at += DELTA_FIGURES) {
      const key = keyAt(figures, at);
      const row: Row = { part, at, buckets: [0, 0, 0] };
      for (let which = 0; which < HISTOGRAMS.length; which++) {
        row.buckets[which] = bucket;
        bucket += figures[at + HISTOGRAMS_AT + which * HISTOGRAM_FIGURES + 4] as number;
      }
      const known = rows.get(key);
      if (known) known.push(row);
      else rows.set(key, [row]);
    }
  }
  return rows;
}

function mergeRows(key: number, rows: readonly Row[], buckets: BucketShelf): SeriesDelta {
  const counter = (place: number) => {
    let sum = 0;
    for (const { part, at } of rows) sum += part.figures[at + 2 + place] as number;
    return sum;
  };
  return {
    series: Math.floor(key / PHASES.length),
    phase: PHASES[key % PHASES.length] as Phase,
    started: counter(0),
    completed: counter(1),
    failed: counter(2),
    aborted: counter(3),
    missed: counter(4),
    resent: counter(5),
    bodyBytes: counter(6),
    latency: mergeHistograms(rows, 0, buckets),
    responseFromSchedule: mergeHistograms(rows, 1, buckets),
    connect: mergeHistograms(rows, 2, buckets),
  };
}

function mergeHistograms(rows: readonly Row[], which: number, shelf: BucketShelf): SparseHistogram {
  for (const { part, at, buckets } of rows) {
    const figures = at + HISTOGRAMS_AT + which * HISTOGRAM_FIGURES;
    const figure = (place: number) => part.figures[figures + place] as number;
    const from = buckets[which] as number;
    tally.addBuckets(part, from, from + figure(4), { count: figure(0), sum: figure(1), min: figure(2), max: figure(3) });
  }
  return shelf.take(tally);
}
