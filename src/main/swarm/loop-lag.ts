import { BucketTally } from '../../shared/stats/bucket-tally';
import { sparsePercentile } from '../../shared/stats/histogram';

const STEP_US = 1000;

/**
 * How long something that came at any millisecond of a second would have waited for the event loop: a process that is stopped or starved
 * reads answers late, and a schedule that starts each request when the last was answered cannot show it. It is told of every turn of the loop,
 * which is when sockets are looked at; timers are no measure, because they are also fired within a turn.
 */
export class LoopLag {
  private readonly lag = new BucketTally();
  /** All milliseconds before this one are counted, us. */
  private countedUs = 0;

  /** `advanceFrames` ends the frames that lie before a time, and thereby calls `takeP99`. */
  constructor(private readonly advanceFrames: (nowUs: number) => void) {}

  /** The loop comes round. */
  turn(nowUs: number): void {
    this.advanceFrames(nowUs);
    this.countUntil(nowUs, nowUs);
  }

  /** The 99 %ile of the second that ends at `endUs`, us; it is `nowUs`. */
  takeP99(endUs: number, nowUs: number): number {
    this.countUntil(endUs, nowUs);
    const lag = this.lag.drain();
    return lag.count === 0 ? 0 : sparsePercentile(lag, 99);
  }

  private countUntil(endUs: number, nowUs: number): void {
    for (; this.countedUs < endUs; this.countedUs += STEP_US) this.lag.record(Math.max(0, nowUs - this.countedUs));
  }
}
