import { monotonicUs } from './monotonic';
import { nap } from './nap';

/** Node's timers fire up to 1 ms late and come in whole ms: this long before something is due the loop turns without rest instead. */
const SPIN_US = 1300;
/** A turn that takes longer than this is told. */
const HELD_US = 500;
/**
 * While it turns without rest for longer, it sleeps for a moment now and then: to a process of real-time priority that leaves nothing of a processor to others, Linux
 * takes it away for 50 ms a second. 7 % are more than that, and what comes in meanwhile is seen less than a tenth of a ms late.
 */
const NAP_EVERY_US = 1000;
const NAP_MS = 0.07;

/**
 * Carries out work on time, within the length of a turn of the event loop (some 10 us): sleeps while nothing is due soon, and turns the
 * event loop without rest otherwise, so that sockets are read all the while. A binary heap by time.
 */
export class DueQueue<T extends { dueUs: number }> {
  private readonly heap: T[] = [];
  private timer: NodeJS.Timeout | null = null;
  private spinning = false;
  /** When the loop last came round while it turned without rest, us; 0 when it rested since. */
  private turnedUs = 0;
  private nappedUs = 0;

  /** `held`: the loop came round only after `lengthUs` though it did not rest: what arrived meanwhile was not seen on time. */
  constructor(
    private readonly carryOut: (item: T) => void,
    private readonly held: (atUs: number, lengthUs: number) => void,
  ) {}

  add(item: T): void {
    this.push(item);
    if (!this.spinning) this.rest();
  }

  private readonly turn = (): void => {
    this.spinning = false;
    const nowUs = monotonicUs();
    if (this.turnedUs > 0 && nowUs - this.turnedUs > HELD_US) this.held(nowUs, nowUs - this.turnedUs);
    this.turnedUs = nowUs;
    for (let first = this.heap[0]; first && first.dueUs <= nowUs; first = this.heap[0]) {
      this.pop();
      this.carryOut(first);
    }
    this.rest();
  };

  private rest(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const first = this.heap[0];
    if (!first) {
      this.turnedUs = 0;
      return;
    }
    const restUs = first.dueUs - monotonicUs() - SPIN_US;
    if (restUs >= 1000) {
      this.turnedUs = 0;
      this.timer = setTimeout(this.turn, Math.floor(restUs / 1000));
    } else {
      this.napIfDue();
      this.spinning = true;
      setImmediate(this.turn);
    }
  }

  private napIfDue(): void {
    if (this.turnedUs - this.nappedUs < NAP_EVERY_US) return;
    this.nappedUs = this.turnedUs;
    nap(NAP_MS);
  }

  private push(item: T): void {
    const { heap } = this;
    let at = heap.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent] as T;
      if (above.dueUs <= item.dueUs) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = item;
  }

  private pop(): void {
    const { heap } = this;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && (heap[child + 1] as T).dueUs < (heap[child] as T).dueUs) child++;
      if ((heap[child] as T).dueUs >= last.dueUs) break;
      heap[at] = heap[child] as T;
      at = child;
    }
    heap[at] = last;
  }
}
