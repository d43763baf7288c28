import type { Frame } from '../../shared/stats/frame';
import type { PackedDeltas } from '../../shared/stats/packed-deltas';

/** So many us are worked at a stretch; then the event loop looks for what has come in. */
const STRETCH_US = 60;

/** Sends frames when they are counted, which is done bit by bit between the turns of the event loop: an answer that comes in meanwhile is not to be read late. */
export class FrameSender {
  private pending: { rest: Omit<Frame, 'series'>; steps: Generator<void, PackedDeltas> } | null = null;
  private readonly goOn = () => this.work(this.clock.nowUs() + STRETCH_US);

  constructor(
    private readonly clock: { nowUs(): number },
    private readonly post: (frame: Frame) => void,
  ) {}

  /** Sends a frame: what the last of `steps` returns, with `rest`. `steps` begin at once, and are called one by one. */
  send(rest: Omit<Frame, 'series'>, steps: Generator<void, PackedDeltas>): void {
    this.pending = { rest, steps };
    setImmediate(this.goOn);
  }

  /** What is still to be sent goes now. */
  flush(): void {
    this.work(Number.POSITIVE_INFINITY);
  }

  private work(untilUs: number): void {
    const { pending } = this;
    if (pending === null) return;
    const { rest, steps } = pending;
    for (;;) {
      const step = steps.next();
      if (step.done) {
        this.pending = null;
        this.post({ ...rest, series: step.value });
        return;
      }
      if (this.clock.nowUs() >= untilUs) break;
    }
    setImmediate(this.goOn);
  }
}
