import { NO_TIME } from '../clock';

const SLOTS = 4096;
const TICK_US = 1000;

/** A timer that is late by more than this does not wait for a turn of the event loop: a tick, because none is later than that when the wheel turns on time. */
const LATE_US = TICK_US;

/** What comes due in a tick is spread over about so many turns of the event loop. A turn takes some 5 us itself. */
const TURNS = 10;

/** How long other work may keep timers waiting before `catchUp` fires what is due. */
const CATCH_UP_US = 100;

/**
 * Something that can be due once. What there are thousands of extends it: a node or a connection is its own timer, so that scheduling allocates nothing. All else
 * has an `Appointment`: a timer is linked to timers of any kind, and code that has met more than four kinds has to look each of them up.
 */
export abstract class Timer {
  /** Links of the slot's ring; owned by the wheel. */
  previousTimer: Timer | null = null;
  nextTimer: Timer | null = null;
  dueUs = NO_TIME;

  /** Called once, at or after `dueUs`, never before. The timer may schedule itself again. */
  abstract onDue(nowUs: number): void;
}

/** Calls back once at a time of the run's clock. */
export class Appointment extends Timer {
  constructor(readonly onDue: (nowUs: number) => void) {
    super();
  }
}

/**
 * A hashed timer wheel (Varghese and Lauck, 1987, scheme 6) on one 1 ms loop: scheduling and cancelling are O(1), and ten thousand
 * pending timers cost the event loop one. Timers further away than a turn (4 s) stay in their slot and are passed over.
 */
export class TimerWheel {
  private readonly slots = Array.from({ length: SLOTS }, emptyRing);
  /**
   * Timers taken out to be fired. The same ring for good: one made anew would be young, and the garbage collector would have to look, one by one, at all the old
   * timers that were ever linked to it, ten thousand nodes each time.
   */
  private readonly due = emptyRing();
  /** The tick that the wheel stands in: its slot has been visited and will be once more, for what is due later within it. */
  private tick = 0;
  private loop: NodeJS.Timeout | null = null;
  /** How many of the timers taken out are fired between two turns of the event loop; 0 when all are fired. */
  private share = 0;
  /** Fires the rest of what was taken out, when the event loop has turned. */
  private nextTurn: NodeJS.Immediate | null = null;
  /** From when on `catchUp` has something to do; infinite while timers are fired. */
  private catchUpFromUs = 0;

  constructor(private readonly clock: { nowUs(): number }) {}

  /** Begins to fire timers. `onTurn` is called whenever the event loop comes round, before what is due then. */
  start(onTurn: (nowUs: number) => void = () => {}): void {
    this.tick = Math.floor(this.clock.nowUs() / TICK_US);
    this.loop ??= setInterval(() => {
      const nowUs = this.clock.nowUs();
      onTurn(nowUs);
      this.advance(nowUs);
    }, 1);
  }

  /** Stops the loop; pending timers never fire, those of the turn that it stops in neither. */
  stop(): void {
    if (this.loop) clearInterval(this.loop);
    if (this.nextTurn) clearImmediate(this.nextTurn);
    this.loop = null;
    this.nextTurn = null;
  }

  /** Makes `timer` due at `dueUs`, instead of any earlier appointment. What is due already fires when the loop comes round next. */
  schedule(timer: Timer, dueUs: number): void {
    if (timer.nextTimer) unlink(timer);
    timer.dueUs = dueUs;
    const dueTick = Math.max(this.tick, Math.floor(dueUs / TICK_US));
    link(this.slots[dueTick % SLOTS] as Timer, timer);
  }

  /** Takes back an appointment; nothing happens when there is none. */
  cancel(timer: Timer): void {
    if (timer.nextTimer) unlink(timer);
  }

  /**
   * Fires what is due when nothing was fired for a tenth of a millisecond, nor is being fired. For those who are called many times in
   * one turn of the loop: a fleet's answers come hundreds at once, and what is due meanwhile must not wait for the last of them. Cheap when there is
   * nothing to do.
   */
  catchUp(nowUs: number): void {
    if (nowUs >= this.catchUpFromUs && this.loop) this.advance(nowUs);
  }

  /** Fires what is due up to `nowUs`, or begins to (see `fire`). The loop calls it; tests may. */
  advance(nowUs: number): void {
    const nowTick = Math.floor(nowUs / TICK_US);
    // The loop comes round somewhere within a tick: the rest of the last one is looked at again, so that a timer is late by the
    // loop's own time only and not by what is left of its tick as well. After a long stall each slot needs to be visited once only.
    const first = Math.max(this.tick, nowTick - SLOTS + 1);
    this.tick = nowTick;
    // All are taken out before the first is fired: firing one may schedule or cancel any other.
    let taken = 0;
    for (let tick = first; tick <= nowTick; tick++) taken += this.takeOutDue(this.slots[tick % SLOTS] as Timer, nowUs);
    this.share = Math.max(this.share, Math.ceil(taken / TURNS));
    this.fire(nowUs);
  }

  /** Returns how many there were. */
  private takeOutDue(slot: Timer, nowUs: number): number {
    let taken = 0;
    for (let timer = slot.nextTimer as Timer; timer !== slot; ) {
      const next = timer.nextTimer as Timer;
      if (timer.dueUs <= nowUs) {
        unlink(timer);
        link(this.due, timer);
        taken++;
      }
      timer = next;
    }
    return taken;
  }

  /**
   * Fires a share of the timers taken out, and those behind them as long as they are late; the event loop turns before the next share. A fleet's timers come due
   * by the dozen in each tick, and each sends a request, some 10 us of work: an answer that came while all of them were fired would be read up to some 0.3 ms
   * late, and all of that would count as the backend's latency.
   */
  private fire(nowUs: number): void {
    this.catchUpFromUs = Number.POSITIVE_INFINITY;
    const { due } = this;
    let timer = due.nextTimer as Timer;
    for (let left = this.share; timer !== due && (left > 0 || nowUs - timer.dueUs > LATE_US); left--) {
      unlink(timer);
      timer.onDue(nowUs);
      timer = due.nextTimer as Timer;
    }
    if (timer === due) this.share = 0;
    else if (this.loop) this.nextTurn ??= setImmediate(this.goOn);
    // From the end of it: however much there was to fire, the others get their time.
    this.catchUpFromUs = this.clock.nowUs() + CATCH_UP_US;
  }

  private readonly goOn = (): void => {
    this.nextTurn = null;
    this.fire(this.clock.nowUs());
  };
}

const NOTHING = () => {};

/** The head of a ring, which is never due. */
function emptyRing(): Timer {
  const head = new Appointment(NOTHING);
  head.previousTimer = head;
  head.nextTimer = head;
  return head;
}

/** Appends to the ring, so that timers of one slot fire in the order they were scheduled. */
function link(slot: Timer, timer: Timer): void {
  const last = slot.previousTimer as Timer;
  timer.previousTimer = last;
  timer.nextTimer = slot;
  last.nextTimer = timer;
  slot.previousTimer = timer;
}

function unlink(timer: Timer): void {
  (timer.previousTimer as Timer).nextTimer = timer.nextTimer;
  (timer.nextTimer as Timer).previousTimer = timer.previousTimer;
  timer.previousTimer = null;
  timer.nextTimer = null;
}
