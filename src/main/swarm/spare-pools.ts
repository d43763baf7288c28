import { Appointment, type TimerWheel } from './schedule/timer-wheel';

/** What nobody needed for so long is let go of, at the earliest. s */
const SHORTEST_STRETCH_SECONDS = 10;
/** A stretch that ends later than this says nothing: the shard was held up, and what has come due meanwhile is about to need everything. us */
const LATE_US = 100_000;

/**
 * Things of one kind that lie ready for their next use, so that requests make none. As many are there as were in use at once lately: a shard that falls
 * behind finds again what it gave back a moment ago, because to make thousands of them anew would put it further behind; but those that lay
 * free for a whole stretch of time are let go of, or else each record of requests in flight would be paid for until the end of the run.
 */
export class SparePool<T> {
  /** The one given back last is used next: it is in the processor's caches. */
  private readonly free: T[] = [];
  /** The fewest that lay free since the stretch began. */
  private fewest = 0;

  /** `gone` is told what is let go of. */
  constructor(private readonly gone: (thing: T) => void) {}

  /** undefined: none is free. */
  take(): T | undefined {
    const thing = this.free.pop();
    if (this.free.length < this.fewest) this.fewest = this.free.length;
    return thing;
  }

  giveBack(thing: T): void {
    this.free.push(thing);
  }

  /** Begins to look anew how many are needed. */
  beginStretch(): void {
    this.fewest = this.free.length;
  }

  /** Lets go of what nobody needed since the stretch began. */
  letGo(): void {
    if (this.fewest > 0) this.free.splice(0, this.fewest).forEach(this.gone);
    this.beginStretch();
  }
}

/** All pools of a shard: each lets go of what it does not need, stretch by stretch, but not where the shard is late. */
export class SparePools {
  private readonly pools: Pick<SparePool<unknown>, 'beginStretch' | 'letGo'>[] = [];
  private readonly stretchUs: number;
  private readonly stretchEnd = new Appointment((nowUs) => this.endStretch(nowUs));

  /**
   * `periodSeconds`: how seldom the fleet may need all of it. A stretch is no shorter, but ten seconds at least: nodes that send together, at the top of each
   * minute, find each time what they had the last.
   */
  constructor(
    private readonly wheel: TimerWheel,
    periodSeconds = 0,
  ) {
    this.stretchUs = Math.max(SHORTEST_STRETCH_SECONDS, periodSeconds) * 1e6;
    wheel.schedule(this.stretchEnd, this.stretchUs);
  }

  /** `gone` is told what is let go of. */
  create<T>(gone: (thing: T) => void = () => {}): SparePool<T> {
    const pool = new SparePool(gone);
    this.pools.push(pool);
    return pool;
  }

  private endStretch(nowUs: number): void {
    const isLate = nowUs - this.stretchEnd.dueUs > LATE_US;
    for (const pool of this.pools) {
      if (isLate) pool.beginStretch();
      else pool.letGo();
    }
    this.wheel.schedule(this.stretchEnd, nowUs + this.stretchUs);
  }
}
