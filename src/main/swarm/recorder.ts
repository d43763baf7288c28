import { BucketTally } from '../../shared/stats/bucket-tally';
import { PHASES, type Phase } from '../../shared/stats/frame';
import { DeltaPacker, type PackedDeltas, seriesPhaseKey } from '../../shared/stats/packed-deltas';

/** Figures of a request that came to its end: key (its complement when it failed), latency, response from schedule, bytes of the body. */
const ENTRY = 4;
const FIRST_ENTRIES = 512;
/** When no more than a quarter of the log was filled in so many frames, ten seconds, half of it is let go of. */
const FRAMES_OF_A_STRETCH = 40;

/** Counters by key that the log does not hold. */
const STARTED = 0;
const ABORTED = 1;
const MISSED = 2;
const RESENT = 3;
const COUNTERS = 4;

/** Of one key, while a frame is made. */
const COMPLETED = 0;
const FAILED = 1;
const BODY_BYTES = 2;
const NEXT = 3;
const SUMS = 4;

/**
 * A shard's statistics: what happened since the last frame, and the shard's own schedule lag. A request that came to its end is four numbers at the
 * end of a log; they are counted when a frame is made, series by series. Histograms for each series would be counted in at once, but those of a
 * thousand series lie in megabytes, and every request would wait for memory that no cache holds: with the log it costs the
 * same however many series there are. A frame of 250 ms at 150,000 requests/s is 1.2 MB of log and takes about 2 ms to count.
 */
export class Recorder {
  private readonly keys: number;
  private readonly counters: Float64Array;
  private log = new Float64Array(FIRST_ENTRIES * ENTRY);
  private logged = 0;
  /** The most that was in the log of a frame since the stretch began, and how many frames that is. */
  private mostLogged = 0;
  private frames = 0;
  /** Key and time of each connection that was opened: most requests of a kept-alive fleet open none. */
  private connects: { key: number; us: number }[] = [];
  readonly scheduleLag = new BucketTally();

  private readonly packer = new DeltaPacker();
  private readonly tally = new BucketTally();
  private readonly sums: Float64Array;
  /** Latency and response from schedule of all that is logged, by key. */
  private byKey = new Float64Array(FIRST_ENTRIES * 2);

  constructor(seriesCount: number) {
    this.keys = seriesCount * PHASES.length;
    this.counters = new Float64Array(this.keys * COUNTERS);
    this.sums = new Float64Array(this.keys * SUMS);
  }

  /** A request was begun. */
  started(series: number, phase: Phase): void {
    this.count(STARTED, series, phase, 1);
  }

  /**
   * A request was answered or failed. All times us; `connectUs` -1 when no connection was opened for it.
   */
  finished(
    series: number,
    phase: Phase,
    failed: boolean,
    latencyUs: number,
    responseFromScheduleUs: number,
    connectUs: number,
    bodyBytes: number,
    resent: number,
  ): void {
    const at = this.logged;
    if (at === this.log.length) this.growLog();
    const { log } = this;
    const key = seriesPhaseKey(series, phase);
    log[at] = failed ? ~key : key;
    log[at + 1] = latencyUs;
    log[at + 2] = responseFromScheduleUs;
    log[at + 3] = bodyBytes;
    this.logged = at + ENTRY;
    if (resent > 0) this.count(RESENT, series, phase, resent);
    if (connectUs >= 0) this.connects.push({ key, us: connectUs });
  }

  /** A request in flight was given up at stop. */
  aborted(series: number, phase: Phase): void {
    this.count(ABORTED, series, phase, 1);
  }

  /** Slots of the schedule passed while a node was busy. */
  missed(series: number, phase: Phase, slots: number): void {
    this.count(MISSED, series, phase, slots);
  }

  /** Everything since the last call: each series and phase in which something happened. */
  take(): PackedDeltas {
    const { counters, sums, packer } = this;
    this.sortLog();
    const connects = Map.groupBy(this.connects, ({ key }) => key);
    let from = 0;
    for (let key = 0; key < this.keys; key++) {
      const counter = key * COUNTERS;
      const sum = key * SUMS;
      const to = sums[sum + NEXT] as number;
      const [started, aborted, missed] = [counters[counter + STARTED], counters[counter + ABORTED], counters[counter + MISSED]];
      if (started === 0 && aborted === 0 && missed === 0 && from === to) continue;
      packer.begin(key);
      packer.figure(started as number);
      packer.figure(sums[sum + COMPLETED] as number);
      packer.figure(sums[sum + FAILED] as number);
      packer.figure(aborted as number);
      packer.figure(missed as number);
      packer.figure(counters[counter + RESENT] as number);
      packer.figure(sums[sum + BODY_BYTES] as number);
      for (const which of [0, 1]) {
        this.tally.recordAll(this.byKey, from * 2 + which, to * 2, 2);
        packer.histogram(this.tally);
      }
      for (const { us } of connects.get(key) ?? []) this.tally.record(us);
      packer.histogram(this.tally);
      from = to;
    }
    counters.fill(0);
    this.endFrame();
    this.connects = [];
    return packer.take();
  }

  /** Empties the log. One second in which a stalled shard got all its answers must not be paid for until the end of the run. */
  private endFrame(): void {
    this.mostLogged = Math.max(this.mostLogged, this.logged);
    this.logged = 0;
    if (++this.frames < FRAMES_OF_A_STRETCH) return;
    if (this.mostLogged * 4 <= this.log.length && this.log.length > FIRST_ENTRIES * ENTRY) {
      this.log = new Float64Array(this.log.length / 2);
      this.byKey = new Float64Array(this.log.length / 2);
    }
    this.mostLogged = 0;
    this.frames = 0;
  }

  /** Lays the times of the log out by key, in `byKey`, and sums up the rest. Those of a key end where its `NEXT` says. */
  private sortLog(): void {
    const { log, logged, sums } = this;
    sums.fill(0);
    for (let at = 0; at < logged; at += ENTRY) {
      const entry = log[at] as number;
      const sum = (entry < 0 ? ~entry : entry) * SUMS;
      const outcome = sum + (entry < 0 ? FAILED : COMPLETED);
      sums[outcome] = (sums[outcome] as number) + 1;
      sums[sum + BODY_BYTES] = (sums[sum + BODY_BYTES] as number) + (log[at + 3] as number);
    }
    let next = 0;
    for (let sum = 0; sum < sums.length; sum += SUMS) {
      sums[sum + NEXT] = next;
      next += (sums[sum + COMPLETED] as number) + (sums[sum + FAILED] as number);
    }
    if (this.byKey.length < next * 2) this.byKey = new Float64Array(log.length / 2);
    const { byKey } = this;
    for (let at = 0; at < logged; at += ENTRY) {
      const entry = log[at] as number;
      const cell = (entry < 0 ? ~entry : entry) * SUMS + NEXT;
      const place = sums[cell] as number;
      sums[cell] = place + 1;
      byKey[place * 2] = log[at + 1] as number;
      byKey[place * 2 + 1] = log[at + 2] as number;
    }
  }

  private count(counter: number, series: number, phase: Phase, by: number): void {
    const cell = seriesPhaseKey(series, phase) * COUNTERS + counter;
    this.counters[cell] = (this.counters[cell] as number) + by;
  }

  private growLog(): void {
    const grown = new Float64Array(this.log.length * 2);
    grown.set(this.log);
    this.log = grown;
  }
}
