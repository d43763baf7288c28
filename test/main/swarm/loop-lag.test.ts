import { describe, expect, it } from 'vitest';
import { FrameClock } from '../../../src/main/swarm/frame-clock';
import { LoopLag } from '../../../src/main/swarm/loop-lag';
import { TimerWheel } from '../../../src/main/swarm/schedule/timer-wheel';

/** The lag of each second when the loop comes round at the given times, ms. */
function lagsOf(turnsMs: Iterable<number>): number[] {
  let nowUs = 0;
  const clock = { nowUs: () => nowUs };
  const wheel = new TimerWheel(clock);
  const lags: number[] = [];
  const frames = new FrameClock(wheel, (_second, lastOfSecond, endUs) => {
    if (lastOfSecond) lags.push(loopLag.takeP99(endUs, nowUs) / 1000);
  });
  const loopLag = new LoopLag((us) => frames.advance(us));
  frames.start();
  for (const ms of turnsMs) {
    nowUs = ms * 1000;
    loopLag.turn(nowUs);
    wheel.advance(nowUs);
  }
  return lags;
}

/** Every ms, but for the stretches that are left out (both ends included). */
function* turns(untilMs: number, ...without: [number, number][]): Generator<number> {
  for (let ms = 1; ms <= untilMs; ms++) if (!without.some(([from, to]) => ms >= from && ms <= to)) yield ms;
}

describe('the lag of the event loop', () => {
  it('is a tick when the loop comes round at every tick', () => {
    expect(lagsOf(turns(2000))).toEqual([1, 1]);
  });

  it('is the 99 %ile over time: a stop of a hundredth of the second does not count, a longer one does', () => {
    const [short = 0, long = 0] = lagsOf(turns(2000, [500, 508], [1500, 1529]));
    expect(short).toBeCloseTo(1);
    // Of 31 ms in a row, ten waited longer than 21 ms.
    expect(long).toBeGreaterThan(20);
    expect(long).toBeLessThan(22);
  });

  it('counts short stops one after the other', () => {
    const stops = Array.from({ length: 10 }, (_, k): [number, number] => [k * 100 + 10, k * 100 + 29]);
    expect(lagsOf(turns(1000, ...stops))[0]).toBeGreaterThan(19);
  });

  it('belongs to the seconds it lies in, all of them when the loop is stopped for several', () => {
    const [before, during, during2, after] = lagsOf(turns(4000, [1100, 3050]));
    expect(before).toBe(1);
    expect(during).toBeGreaterThan(1900);
    expect(during2).toBeGreaterThan(1000);
    expect(after).toBeGreaterThan(30);
  });
});
