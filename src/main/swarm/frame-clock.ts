import { Appointment, type TimerWheel } from './schedule/timer-wheel';

const FRAME_US = 250_000;
const FRAMES_PER_SECOND = 4;

/**
 * Cuts the run's clock into frames of 250 ms. A frame ends when the first thing after its end is about to be recorded, or shortly after its end
 * by the timer, whichever comes first: so no value is ever counted in an earlier second than its own.
 */
export class FrameClock {
  private endUs = FRAME_US;
  private frame = 0;
  private readonly end = new Appointment((nowUs) => this.advance(nowUs));

  constructor(
    private readonly wheel: TimerWheel,
    private readonly emit: (second: number, lastOfSecond: boolean, endUs: number) => void,
  ) {}

  start(): void {
    this.wheel.schedule(this.end, this.endUs);
  }

  /** Ends the frames that lie before `nowUs`. Cheap when there is none. */
  advance(nowUs: number): void {
    if (nowUs < this.endUs) return;
    while (nowUs >= this.endUs) {
      const { endUs } = this;
      this.endUs += FRAME_US;
      const second = Math.floor(this.frame / FRAMES_PER_SECOND);
      const lastOfSecond = this.frame % FRAMES_PER_SECOND === FRAMES_PER_SECOND - 1;
      this.frame++;
      this.emit(second, lastOfSecond, endUs);
    }
    this.wheel.schedule(this.end, this.endUs);
  }

  /** Ends the running frame and with it its second. */
  finish(nowUs: number): void {
    this.advance(nowUs);
    this.wheel.cancel(this.end);
    this.emit(Math.floor(this.frame / FRAMES_PER_SECOND), true, nowUs);
  }
}
