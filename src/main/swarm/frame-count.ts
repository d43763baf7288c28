import { BucketTally } from '../../shared/stats/bucket-tally';
import { DeltaPacker, type PackedDeltas } from '../../shared/stats/packed-deltas';

/** Figures of a request that came to its end: key (its complement when it failed), latency, response from schedule, bytes of the body. */
export const ENTRY = 4;

/** Counters by key that the log does not hold. */
export const COUNTER = { started: 0, aborted: 1, missed: 2, resent: 3 } as const;
export const COUNTERS = 4;

/** What a shard recorded in one frame. A key is a series in a phase. */
export interface EndedFrame {
  /** An entry for each request that came to its end. */
  log: Float64Array<ArrayBuffer>;
  /** How much of it is filled. */
  logged: number;
  /** For each key its counters. */
  counters: Float64Array<ArrayBuffer>;
  /** Key and time of each connection that was opened. */
  connects: { key: number; us: number }[];
}

/** Of one key, while a frame is counted. */
const COMPLETED = 0;
const FAILED = 1;
const BODY_BYTES = 2;
const NEXT = 3;
const SUMS = 4;

/** Entries that are looked at, or laid out, or counted in one step: some 20 us. */
const STEP_ENTRIES = 1000;
/** What a key without requests takes beside them. */
const KEY_ENTRIES = 20;

/** Counts what a shard recorded in a frame, series by series. In steps, because whatever comes in during one of them is read late. */
export class FrameCount {
  private readonly packer = new DeltaPacker();
  private readonly tally = new BucketTally();
  private readonly sums: Float64Array;
  /** Latency and response from schedule of all that is logged, by key. */
  private byKey = new Float64Array(0);

  constructor(private readonly keys: number) {
    this.sums = new Float64Array(keys * SUMS);
  }

  /** Takes a step at each call, and returns each key in which something happened. One frame after the other: what it counts with is shared. */
  *count(frame: EndedFrame): Generator<void, PackedDeltas> {
    const { counters, connects } = frame;
    const { sums, packer } = this;
    yield* this.sort(frame);
    const connectsByKey = Map.groupBy(connects, ({ key }) => key);
    let from = 0;
    let sinceStep = 0;
    for (let key = 0; key < this.keys; key++) {
      const counter = key * COUNTERS;
      const sum = key * SUMS;
      const to = sums[sum + NEXT] as number;
      const started = counters[counter + COUNTER.started] as number;
      const aborted = counters[counter + COUNTER.aborted] as number;
      const missed = counters[counter + COUNTER.missed] as number;
      if (started === 0 && aborted === 0 && missed === 0 && from === to) continue;
      packer.begin(key);
      packer.figure(started);
      packer.figure(sums[sum + COMPLETED] as number);
      packer.figure(sums[sum + FAILED] as number);
      packer.figure(aborted);
      packer.figure(missed);
      packer.figure(counters[counter + COUNTER.resent] as number);
      packer.figure(sums[sum + BODY_BYTES] as number);
      for (const which of [0, 1]) {
        for (let at = from; at < to; at += STEP_ENTRIES) {
          const end = Math.min(to, at + STEP_ENTRIES);
          this.tally.recordAll(this.byKey, at * 2 + which, end * 2, 2);
          sinceStep += end - at;
          if (sinceStep >= STEP_ENTRIES) {
            yield;
            sinceStep = 0;
          }
        }
        packer.histogram(this.tally);
      }
      for (const { us } of connectsByKey.get(key) ?? []) this.tally.record(us);
      packer.histogram(this.tally);
      sinceStep += KEY_ENTRIES;
      from = to;
    }
    return packer.take();
  }

  /** Lays the times of the log out by key, in `byKey`, and sums up the rest. Those of a key end where its `NEXT` says. */
  private *sort({ log, logged }: EndedFrame): Generator<void, void> {
    const { sums } = this;
    const step = STEP_ENTRIES * ENTRY;
    sums.fill(0);
    for (let at = 0; at < logged; at += step) {
      this.sumUp(log, at, Math.min(logged, at + step));
      yield;
    }
    let next = 0;
    for (let sum = 0; sum < sums.length; sum += SUMS) {
      sums[sum + NEXT] = next;
      next += (sums[sum + COMPLETED] as number) + (sums[sum + FAILED] as number);
    }
    if (this.byKey.length !== log.length / 2) this.byKey = new Float64Array(log.length / 2);
    for (let at = 0; at < logged; at += step) {
      this.layOut(log, at, Math.min(logged, at + step));
      yield;
    }
  }

  private sumUp(log: Float64Array, from: number, to: number): void {
    const { sums } = this;
    for (let at = from; at < to; at += ENTRY) {
      const entry = log[at] as number;
      const sum = (entry < 0 ? ~entry : entry) * SUMS;
      const outcome = sum + (entry < 0 ? FAILED : COMPLETED);
      sums[outcome] = (sums[outcome] as number) + 1;
      sums[sum + BODY_BYTES] = (sums[sum + BODY_BYTES] as number) + (log[at + 3] as number);
    }
  }

  private layOut(log: Float64Array, from: number, to: number): void {
    const { sums, byKey } = this;
    for (let at = from; at < to; at += ENTRY) {
      const entry = log[at] as number;
      const cell = (entry < 0 ? ~entry : entry) * SUMS + NEXT;
      const place = sums[cell] as number;
      sums[cell] = place + 1;
      byKey[place * 2] = log[at + 1] as number;
      byKey[place * 2 + 1] = log[at + 2] as number;
    }
  }
}
