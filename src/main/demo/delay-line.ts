/** Something to be done at a time of the monotonic clock. */
interface Appointment {
  dueUs: number;
  /** Order of arrival, so that equal times are served in turn. */
  order: number;
  action: () => void;
}

/** us of the monotonic clock. */
export function nowUs(): number {
  return performance.now() * 1000;
}

/**
 * Runs actions at given times: never early, and late by less than a timer's millisecond. Timers count whole milliseconds, so the last one is
 * waited out by turns of the event loop, which go on serving sockets meanwhile.
 */
export class DelayLine {
  /** A binary heap, soonest first. */
  private readonly heap: Appointment[] = [];
  private orders = 0;
  private timer: NodeJS.Timeout | null = null;
  private timerDueUs = Number.POSITIVE_INFINITY;
  private turn: NodeJS.Immediate | null = null;

  /** Runs `action` at `dueUs` (of `nowUs()`), or at once when that has passed. */
  at(dueUs: number, action: () => void): void {
    if (this.heap.length === 0 && dueUs <= nowUs()) {
      action();
      return;
    }
    this.push({ dueUs, order: this.orders++, action });
    this.wait();
  }

  /** Drops everything that is still to come. */
  clear(): void {
    this.heap.length = 0;
    this.unset();
  }

  private wait(): void {
    const soonest = this.heap[0];
    if (!soonest || this.turn || this.timerDueUs <= soonest.dueUs) return;
    this.unset();
    const wholeMs = Math.floor((soonest.dueUs - nowUs()) / 1000);
    if (wholeMs < 1) {
      this.turn = setImmediate(this.runDue);
    } else {
      this.timerDueUs = soonest.dueUs;
      this.timer = setTimeout(this.runDue, wholeMs);
    }
  }

  private readonly runDue = (): void => {
    this.unset();
    for (let next = this.heap[0]; next && next.dueUs <= nowUs(); next = this.heap[0]) {
      this.pop();
      next.action();
    }
    this.wait();
  };

  private unset(): void {
    if (this.timer) clearTimeout(this.timer);
    if (this.turn) clearImmediate(this.turn);
    this.timer = null;
    this.turn = null;
    this.timerDueUs = Number.POSITIVE_INFINITY;
  }

  private push(appointment: Appointment): void {
    const { heap } = this;
    let index = heap.length;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = heap[parentIndex] as Appointment;
      if (!before(appointment, parent)) break;
      heap[index] = parent;
      index = parentIndex;
    }
    heap[index] = appointment;
  }

  private pop(): void {
    const { heap } = this;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let index = 0;
    for (;;) {
      let childIndex = 2 * index + 1;
      if (childIndex >= heap.length) break;
      if (childIndex + 1 < heap.length && before(heap[childIndex + 1] as Appointment, heap[childIndex] as Appointment))
        childIndex++;
      const child = heap[childIndex] as Appointment;
      if (!before(child, last)) break;
      heap[index] = child;
      index = childIndex;
    }
    heap[index] = last;
  }
}

function before(a: Appointment, b: Appointment): boolean {
  return a.dueUs < b.dueUs || (a.dueUs === b.dueUs && a.order < b.order);
}
