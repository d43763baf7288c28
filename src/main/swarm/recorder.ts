import type { Phase, SeriesDelta } from '../../shared/stats/frame';
import { BUCKET_COUNT, bucketIndex, EMPTY_HISTOGRAM, type SparseHistogram } from '../../shared/stats/histogram';

/**
 * What was recorded in one histogram since the last frame. Hot path: 16-bit counters (13 KB), nothing allocated, and only the
 * stretch of buckets that was touched is read and cleared when a frame is taken.
 */
export class DeltaHistogram {
  private readonly counts = new Uint16Array(BUCKET_COUNT);
  private readonly carries = new Map<number, number>();
  private low = BUCKET_COUNT;
  private high = -1;
  private count = 0;
  private sum = 0;
  private min = 0;
  private max = 0;

  /** Counts one value (us, whole). */
  record(valueUs: number): void {
    const index = bucketIndex(valueUs);
    const counted = (this.counts[index] as number) + 1;
    this.counts[index] = counted;
    if (counted > 0xffff) this.carries.set(index, (this.carries.get(index) ?? 0) + 0x10000);
    if (index < this.low) this.low = index;
    if (index > this.high) this.high = index;
    if (this.count === 0 || valueUs < this.min) this.min = valueUs;
    if (valueUs > this.max) this.max = valueUs;
    this.sum += valueUs;
    this.count++;
  }

  /** What was recorded since the last call. */
  take(): SparseHistogram {
    if (this.count === 0) return EMPTY_HISTOGRAM;
    let filled = 0;
    for (let index = this.low; index <= this.high; index++) if (this.counts[index] !== 0 || this.carries.has(index)) filled++;
    const indexes = new Uint16Array(filled);
    const counts = new Uint32Array(filled);
    let at = 0;
    for (let index = this.low; index <= this.high; index++) {
      const total = (this.counts[index] as number) + (this.carries.get(index) ?? 0);
      if (total === 0) continue;
      indexes[at] = index;
      counts[at++] = total;
    }
    const taken = { count: this.count, sum: this.sum, min: this.min, max: this.max, indexes, counts };
    this.counts.fill(0, this.low, this.high + 1);
    this.carries.clear();
    this.low = BUCKET_COUNT;
    this.high = -1;
    this.count = 0;
    this.sum = 0;
    this.min = 0;
    this.max = 0;
    return taken;
  }
}

/** One series in one phase since the last frame. */
class SeriesRecorder {
  started = 0;
  completed = 0;
  failed = 0;
  aborted = 0;
  missed = 0;
  resent = 0;
  bodyBytes = 0;
  readonly latency = new DeltaHistogram();
  readonly responseFromSchedule = new DeltaHistogram();
  /** Made when the first connection is recorded: most series of a kept-alive fleet hardly ever connect. */
  connect: DeltaHistogram | null = null;
  /** Something was counted since the last frame. */
  touched = false;

  constructor(
    readonly series: number,
    readonly phase: Phase,
  ) {}

  take(): SeriesDelta {
    const { series, phase, started, completed, failed, aborted, missed, resent, bodyBytes } = this;
    this.started = this.completed = this.failed = this.aborted = this.missed = this.resent = this.bodyBytes = 0;
    this.touched = false;
    return {
      series,
      phase,
      started,
      completed,
      failed,
      aborted,
      missed,
      resent,
      bodyBytes,
      latency: this.latency.take(),
      responseFromSchedule: this.responseFromSchedule.take(),
      connect: this.connect?.take() ?? EMPTY_HISTOGRAM,
    };
  }
}

/** The hot path of a shard's statistics: counters and histograms by series and phase, and the shard's own schedule lag. */
export class Recorder {
  private readonly ramp: (SeriesRecorder | undefined)[] = [];
  private readonly steady: (SeriesRecorder | undefined)[] = [];
  private readonly cooldown: (SeriesRecorder | undefined)[] = [];
  private readonly all: SeriesRecorder[] = [];
  readonly scheduleLag = new DeltaHistogram();

  /** A request was begun. */
  started(series: number, phase: Phase): void {
    this.of(series, phase).started++;
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
    const recorder = this.of(series, phase);
    if (failed) recorder.failed++;
    else recorder.completed++;
    recorder.bodyBytes += bodyBytes;
    recorder.resent += resent;
    recorder.latency.record(latencyUs);
    recorder.responseFromSchedule.record(responseFromScheduleUs);
    if (connectUs >= 0) {
      recorder.connect ??= new DeltaHistogram();
      recorder.connect.record(connectUs);
    }
  }

  /** A request in flight was given up at stop. */
  aborted(series: number, phase: Phase): void {
    this.of(series, phase).aborted++;
  }

  /** Slots of the schedule passed while a node was busy. */
  missed(series: number, phase: Phase, slots: number): void {
    this.of(series, phase).missed += slots;
  }

  /** Everything since the last call. */
  take(): SeriesDelta[] {
    const deltas: SeriesDelta[] = [];
    for (const recorder of this.all) if (recorder.touched) deltas.push(recorder.take());
    return deltas;
  }

  private of(series: number, phase: Phase): SeriesRecorder {
    const list = phase === 'steady' ? this.steady : phase === 'ramp' ? this.ramp : this.cooldown;
    let recorder = list[series];
    if (!recorder) {
      recorder = new SeriesRecorder(series, phase);
      list[series] = recorder;
      this.all.push(recorder);
    }
    recorder.touched = true;
    return recorder;
  }
}
