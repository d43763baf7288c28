import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RateGuard } from '../../../../src/main/swarm/schedule/rate-guard';

/** When requests that arrive at the given times (us) begin. */
function beginsOf(guard: RateGuard, arrivals: readonly number[]): number[] {
  return arrivals.map((atUs) => guard.reserve(atUs));
}

/** The most begins in any window of that length. */
function mostWithin(begins: readonly number[], windowUs: number): number {
  const sorted = begins.toSorted((a, b) => a - b);
  let most = 0;
  for (let from = 0, to = 0; to < sorted.length; to++) {
    while ((sorted[to] as number) - (sorted[from] as number) >= windowUs) from++;
    most = Math.max(most, to - from + 1);
  }
  return most;
}

describe('RateGuard', () => {
  it('lets a burst pass that is within the rate, and holds nothing', () => {
    const guard = new RateGuard(100);
    expect(beginsOf(guard, Array(100).fill(5000))).toEqual(Array(100).fill(5000));
    expect(guard.takeHeld()).toBe(0);
  });

  it('lets what is beyond the rate go evenly, in the order in which it came', () => {
    const guard = new RateGuard(100);
    const begins = beginsOf(guard, Array(200).fill(0));
    expect(begins.slice(0, 100)).toEqual(Array(100).fill(0));
    expect(begins.slice(100)).toEqual(Array.from({ length: 100 }, (_, i) => 1e6 + i * 10_000));
  });

  it('never begins more than the rate in any second, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.integer({ min: 0, max: 60_000 }), { maxLength: 300 }),
        (rate, gaps) => {
          const guard = new RateGuard(rate);
          let nowUs = 0;
          const waiting: number[] = [];
          const begins = gaps.map((gapUs) => {
            nowUs += gapUs;
            while (waiting.length > 0 && (waiting[0] as number) <= nowUs) {
              waiting.shift();
              guard.letGo();
            }
            const beginUs = guard.reserve(nowUs);
            expect(beginUs).toBeGreaterThanOrEqual(nowUs);
            if (beginUs > nowUs) waiting.push(beginUs);
            return beginUs;
          });
          expect(begins).toEqual(begins.toSorted((a, b) => a - b));
          expect(mostWithin(begins, 1e6)).toBeLessThanOrEqual(rate);
        },
      ),
    );
  });

  it.each([0.25, 2.5])('a share of %s requests a second', (rate) => {
    const begins = beginsOf(new RateGuard(rate), Array(11).fill(0));
    const spanSeconds = ((begins.at(-1) as number) - (begins[0] as number)) / 1e6;
    expect(10 / spanSeconds).toBeLessThanOrEqual(rate * 1.2);
    expect(mostWithin(begins, 1e6)).toBeLessThanOrEqual(Math.ceil(rate));
  });

  it('counts what waited at any time since the last look', () => {
    const guard = new RateGuard(1);
    guard.reserve(0);
    expect(guard.reserve(0)).toBe(1e6);
    expect(guard.reserve(0)).toBe(2e6);
    expect(guard.takeHeld()).toBe(2);
    guard.letGo();
    expect(guard.takeHeld()).toBe(2);
    expect(guard.takeHeld()).toBe(1);
    guard.letGo();
    expect(guard.takeHeld()).toBe(1);
    expect(guard.takeHeld()).toBe(0);
  });

  it('counts redirects and requests sent again', () => {
    const guard = new RateGuard(10);
    for (let i = 0; i < 5; i++) {
      guard.charge(1, 0);
      expect(guard.reserve(0)).toBe(0);
    }
    expect(guard.reserve(0)).toBe(1e6);
  });
});
