import type { Frame } from '../../shared/stats/frame';

/** So many us are worked at a stretch; then the event loop looks for what has come in. */
const STRETCH_US = 60;

/** Sends frames when they are made, which is done bit by bit between the turns of the event loop: an answer that comes in meanwhile is not to be read late. */
export class FrameSender {
  private pending: Generator<void, Frame> | null = null;
  private readonly goOn = () => this.work(this.clock.nowUs() + STRETCH_US);

  constructor(
    private readonly clock: { nowUs(): number },
    private readonly post: (frame: Frame) => void,
  ) {}

  /** Sends the frame that the last of these steps returns; they are taken from the next turn of the loop on. The frame before must be gone: `flush`. */
  send(steps: Generator<void, Frame>): void {
    this.pending = steps;
    setImmediate(this.goOn);
  }

  /** What is still to be sent goes now. */
  flush(): void {
    this.work(Number.POSITIVE_INFINITY);
  }

  private work(untilUs: number): void {
    const { pending } = this;
    if (pending === null) return;
    for (;;) {
      const step = pending.next();
      if (step.done) {
        this.pending = null;
        this.post(step.value);
        return;
      }
      if (this.clock.nowUs() >= untilUs) break;
    }
    setImmediate(this.goOn);
  }
}
