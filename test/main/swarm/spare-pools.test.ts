import { describe, expect, it } from 'vitest';
import { TimerWheel } from '../../../src/main/swarm/schedule/timer-wheel';
import { type SparePool, SparePools } from '../../../src/main/swarm/spare-pools';

/** A pool on a wheel that the test turns. */
class Rig {
  nowSeconds = 0;
  readonly gone: number[] = [];
  readonly pool: SparePool<number>;
  private readonly wheel = new TimerWheel({ nowUs: () => this.nowSeconds * 1e6 });
  private made = 0;

  constructor(periodSeconds = 0) {
    this.pool = new SparePools(this.wheel, periodSeconds).create((thing) => this.gone.push(thing));
  }

  /** So many are in use at once; ends when all are given back, the first one made last. */
  use(count: number): void {
    const used = Array.from({ length: count }, () => this.pool.take() ?? this.made++);
    for (const thing of used.reverse()) this.pool.giveBack(thing);
  }

  /** The wheel turns until then. */
  runUntil(seconds: number): void {
    while (this.nowSeconds < seconds) {
      this.nowSeconds = Math.min(seconds, this.nowSeconds + 0.05);
      this.wheel.advance(Math.round(this.nowSeconds * 1e6));
    }
  }

  /** The wheel stands still until then. */
  stallUntil(seconds: number): void {
    this.nowSeconds = seconds;
    this.wheel.advance(seconds * 1e6);
  }

  get kept(): number {
    return this.made - this.gone.length;
  }
}

describe('pools of what lies ready', () => {
  it('give what was given back last, and nothing when nothing is free', () => {
    const { pool } = new Rig();
    expect(pool.take()).toBeUndefined();
    pool.giveBack(1);
    pool.giveBack(2);
    expect([pool.take(), pool.take(), pool.take()]).toEqual([2, 1, undefined]);
  });

  it('keep what a burst needed for the stretch in which it was and the one after it, and then what is still needed', () => {
    const rig = new Rig();
    rig.runUntil(4);
    rig.use(100);
    rig.runUntil(9.9);
    expect(rig.kept).toBe(100);
    rig.runUntil(10.5);
    rig.use(3);
    expect(rig.kept).toBe(100);
    rig.runUntil(20.5);
    expect(rig.kept).toBe(3);
    // Those used last are kept.
    expect(rig.gone.sort((a, b) => a - b)).toEqual(Array.from({ length: 97 }, (_, i) => i + 3));
  });

  it('keep everything as long as it is needed once in each stretch, and while it is in use', () => {
    const rig = new Rig();
    for (let seconds = 5; seconds < 60; seconds += 10) {
      rig.runUntil(seconds);
      rig.use(50);
    }
    expect(rig.gone).toEqual([]);
    const used = Array.from({ length: 50 }, () => rig.pool.take());
    rig.runUntil(95);
    for (const thing of used) rig.pool.giveBack(thing as number);
    rig.runUntil(101);
    expect(rig.gone).toEqual([]);
    rig.runUntil(111);
    expect(rig.kept).toBe(0);
  });

  it('keep what a fleet that sends together once a minute needs each time', () => {
    const rig = new Rig(60);
    for (let seconds = 30; seconds < 300; seconds += 60) {
      rig.runUntil(seconds);
      rig.use(50);
    }
    expect(rig.gone).toEqual([]);
    rig.runUntil(361);
    expect(rig.kept).toBe(0);
  });

  it('let go of nothing when the shard was held up, but after a stretch that it was not', () => {
    const rig = new Rig();
    rig.use(100);
    rig.runUntil(10.5);
    rig.stallUntil(25);
    expect(rig.kept).toBe(100);
    rig.use(100);
    rig.runUntil(34);
    expect(rig.kept).toBe(100);
    rig.runUntil(36);
    rig.runUntil(46);
    expect(rig.kept).toBe(0);
  });
});
