import { sparsePercentile } from '../../shared/stats/histogram';
import { DeltaHistogram } from './delta-histogram';
import { Timer, type TimerWheel } from './schedule/timer-wheel';

const STEP_US = 1000;

/**
 * How long something that came at any millisecond of a second would have waited for the event loop: a process that is stopped or starved
 * reads answers late, and a schedule that starts each request when the last was answered cannot show it. A timer of the wheel's
 * every tick.
 */
export class LoopLag extends Timer {
  private readonly lag = new DeltaHistogram();
  /** All milliseconds before this one are counted, us. */
  private countedUs = 0;

  /** `advanceFrames` ends the frames that lie before a time, and thereby calls `take`. */
  constructor(
    private readonly wheel: TimerWheel,
    private readonly advanceFrames: (nowUs: number) => void,
  ) {
    super();
  }

  /** Begins to observe at the run's time zero. */
  start(): void {
    this.wheel.schedule(this, STEP_US);
  }

  override onDue(nowUs: number): void {
    this.advanceFrames(nowUs);
    this.countUntil(nowUs, nowUs);
    this.wheel.schedule(this, nowUs + STEP_US);
  }

  /** The 99 %ile of the second that ends at `endUs`, us; it is `nowUs`. */
  takeP99(endUs: number, nowUs: number): number {
    this.countUntil(endUs, nowUs);
    const lag = this.lag.take();
    return lag.count === 0 ? 0 : sparsePercentile(lag, 99);
  }

  private countUntil(endUs: number, nowUs: number): void {
    for (; this.countedUs < endUs; this.countedUs += STEP_US) this.lag.record(Math.max(0, nowUs - this.countedUs));
  }
}
