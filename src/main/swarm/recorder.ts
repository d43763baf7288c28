import { BucketTally } from '../../shared/stats/bucket-tally';
import { PHASES, type Phase } from '../../shared/stats/frame';
import { type PackedDeltas, seriesPhaseKey } from '../../shared/stats/packed-deltas';
import { COUNTER, COUNTERS, ENTRY, type EndedFrame, FrameCount } from './frame-count';

const FIRST_ENTRIES = 512;
/** When no more than a quarter of the log was filled in so many frames, ten seconds, half of it is let go of. */
const FRAMES_OF_A_STRETCH = 40;

/**
 * A shard's statistics: what happened since the last frame, and the shard's own schedule lag. A request that came to its end is four numbers at the
 * end of a log; they are counted when the frame has ended, series by series. Histograms for each series would be counted in at once, but those of a
 * thousand series lie in megabytes, and every request would wait for memory that no cache holds: with the log it costs the
 * same however many series there are. A frame of 250 ms at 150,000 requests/s is 1.2 MB of log and takes about 2 ms to count. An answer that came in
 * meanwhile would be read late, so it is counted in steps while the next frame is written to another log.
 */
export class Recorder {
  private readonly frameCount: FrameCount;
  private counters: EndedFrame['counters'];
  private log = new Float64Array(FIRST_ENTRIES * ENTRY);
  private logged = 0;
  /** The counters and the log of the frame before, when it is counted: empty, for the next one. */
  private spareCounters: EndedFrame['counters'];
  private spareLog = new Float64Array(FIRST_ENTRIES * ENTRY);
  /** The most that was in the log of a frame since the stretch began, and how many frames that is. */
  private mostLogged = 0;
  private frames = 0;
  /** Key and time of each connection that was opened: most requests of a kept-alive fleet open none. */
  private connects: EndedFrame['connects'] = [];
  readonly scheduleLag = new BucketTally();

  constructor(seriesCount: number) {
    const keys = seriesCount * PHASES.length;
    this.frameCount = new FrameCount(keys);
    this.counters = new Float64Array(keys * COUNTERS);
    this.spareCounters = new Float64Array(keys * COUNTERS);
  }

  /** A request was begun. */
  started(series: number, phase: Phase): void {
    this.count(COUNTER.started, series, phase, 1);
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
    if (resent > 0) this.count(COUNTER.resent, series, phase, resent);
    if (connectUs >= 0) this.connects.push({ key, us: connectUs });
  }

  /** A request in flight was given up at stop. */
  aborted(series: number, phase: Phase): void {
    this.count(COUNTER.aborted, series, phase, 1);
  }

  /** Slots of the schedule passed while a node was busy. */
  missed(series: number, phase: Phase, slots: number): void {
    this.count(COUNTER.missed, series, phase, slots);
  }

  /**
   * Ends the frame: what is recorded from now on belongs to the next one. Returns the steps in which it is counted, some 20 us each; the last one returns
   * it: each series and phase in which something happened since the last call. All must be taken before the next frame ends.
   */
  endFrame(): Generator<void, PackedDeltas> {
    const ended = { log: this.log, logged: this.logged, counters: this.counters, connects: this.connects };
    const entries = this.entriesOfNextFrame();
    this.log = this.spareLog.length === entries ? this.spareLog : new Float64Array(entries);
    this.logged = 0;
    this.counters = this.spareCounters;
    this.connects = [];
    return this.countFrame(ended);
  }

  private *countFrame(ended: EndedFrame): Generator<void, PackedDeltas> {
    const deltas = yield* this.frameCount.count(ended);
    ended.counters.fill(0);
    this.spareCounters = ended.counters;
    this.spareLog = ended.log;
    return deltas;
  }

  /** Room for as much as in this frame, or half of it: one second in which a stalled shard got all its answers must not be paid for until the end of the run. */
  private entriesOfNextFrame(): number {
    this.mostLogged = Math.max(this.mostLogged, this.logged);
    if (++this.frames < FRAMES_OF_A_STRETCH) return this.log.length;
    const isLarge = this.mostLogged * 4 <= this.log.length && this.log.length > FIRST_ENTRIES * ENTRY;
    this.mostLogged = 0;
    this.frames = 0;
    return isLarge ? this.log.length / 2 : this.log.length;
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
