import { describe, expect, it, vi } from 'vitest';
import { RunClock } from '../../../../src/main/swarm/clock';
import { Timer, TimerWheel } from '../../../../src/main/swarm/schedule/timer-wheel';

class Alarm extends Timer {
  readonly fired: number[] = [];
  constructor(private readonly then: (nowUs: number) => void = () => {}) {
    super();
  }
  override onDue(nowUs: number): void {
    this.fired.push(nowUs);
    this.then(nowUs);
  }
}

/** A clock that the test sets. */
class HandClock {
  us = 0;
  nowUs(): number {
    return this.us;
  }
}

describe('timer wheel', () => {
  it('fires a timer once, when the loop first comes round at or after its time, never before', () => {
    const wheel = new TimerWheel(new HandClock());
    const alarm = new Alarm();
    wheel.schedule(alarm, 2_500);
    wheel.advance(2_000);
    wheel.advance(2_499);
    expect(alarm.fired).toEqual([]);
    wheel.advance(2_500);
    wheel.advance(9_000);
    expect(alarm.fired).toEqual([2_500]);
  });

  it('loses nothing that is scheduled while the loop makes up for a stall, and gives the loop back', () => {
    const wheel = new TimerWheel(new HandClock());
    const late = new Alarm();
    const greedy: Alarm = new Alarm((nowUs) => {
      if (greedy.fired.length === 1) wheel.schedule(late, 12_000);
      wheel.schedule(greedy, nowUs);
    });
    wheel.schedule(greedy, 1_000);
    wheel.advance(20_500);
    wheel.advance(21_500);
    expect(late.fired).toEqual([21_500]);
    expect(greedy.fired.length).toBeLessThanOrEqual(4);
  });

  it('passes over timers that are more than a turn away', () => {
    const wheel = new TimerWheel(new HandClock());
    const soon = new Alarm();
    const later = new Alarm();
    wheel.schedule(soon, 10_000);
    wheel.schedule(later, 10_000 + 4096 * 1000);
    for (let us = 0; us <= 4_106_000; us += 1000) {
      wheel.advance(us);
      expect(later.fired.length).toBe(us >= 4_106_000 ? 1 : 0);
    }
    expect(soon.fired).toEqual([10_000]);
  });

  it('fires what is already due at the next tick, and everything after a long stall', () => {
    const wheel = new TimerWheel(new HandClock());
    wheel.advance(5_000);
    const overdue = new Alarm();
    wheel.schedule(overdue, 1_000);
    const others = Array.from({ length: 100 }, (_, i) => {
      const alarm = new Alarm();
      wheel.schedule(alarm, 6_000 + i * 200_000);
      return alarm;
    });
    wheel.advance(6_000);
    expect(overdue.fired).toEqual([6_000]);
    wheel.advance(60_000_000);
    expect(others.every((alarm) => alarm.fired.length === 1)).toBe(true);
  });

  it('moves an appointment, takes it back, and lets a timer schedule itself and cancel others while firing', () => {
    const wheel = new TimerWheel(new HandClock());
    const cancelled = new Alarm();
    const moved = new Alarm();
    const repeating: Alarm = new Alarm((nowUs) => {
      wheel.cancel(cancelled);
      if (repeating.fired.length < 3) wheel.schedule(repeating, nowUs + 1_000);
    });
    wheel.schedule(repeating, 1_000);
    wheel.schedule(cancelled, 1_000);
    wheel.schedule(moved, 1_000);
    wheel.schedule(moved, 2_000);
    for (let us = 0; us < 10_000; us += 500) wheel.advance(us);
    expect(cancelled.fired).toEqual([]);
    expect(moved.fired).toEqual([2_000]);
    expect(repeating.fired).toEqual([1_000, 2_500, 3_500]);
  });

  it('keeps the order of scheduling among timers of one tick', () => {
    const wheel = new TimerWheel(new HandClock());
    const order: number[] = [];
    for (let i = 0; i < 5; i++) wheel.schedule(new Alarm(() => order.push(i)), 1_000);
    for (let turn = 0; turn < 5; turn++) wheel.advance(1_000);
    expect(order).toEqual([0, 1, 2, 3, 4]);
  });

  it('lets the event loop turn between two timers, but fires all that are over a millisecond late at once', async () => {
    // The loop of 1 ms stands still: every turn that is seen is one that the wheel asked for.
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const clock = new HandClock();
      const wheel = new TimerWheel(clock);
      const order: (number | 'turn')[] = [];
      const schedule = (number: number, dueUs: number) => wheel.schedule(new Alarm(() => order.push(number)), dueUs);
      wheel.start();
      for (let number = 0; number < 3; number++) schedule(number, 1_000);
      for (let number = 3; number < 6; number++) schedule(number, 4_600);
      clock.us = 5_000;
      wheel.catchUp(clock.us);
      for (let turn = 0; turn < 3; turn++) {
        await new Promise((resolve) => setImmediate(resolve));
        order.push('turn');
      }
      expect(order).toEqual([0, 1, 2, 3, 'turn', 4, 'turn', 5, 'turn']);
      schedule(6, 5_500);
      schedule(7, 5_500);
      clock.us = 6_000;
      wheel.catchUp(clock.us);
      wheel.stop();
      await new Promise((resolve) => setImmediate(resolve));
      expect(order.slice(9)).toEqual([6]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('catches up within a turn of the loop, a tenth of a millisecond after it last fired, and neither while firing nor when stopped', () => {
    const clock = new HandClock();
    const wheel = new TimerWheel(clock);
    const first: Alarm = new Alarm((nowUs) => {
      // It took its time, and an answer came of it.
      clock.us = nowUs + 3_000;
      wheel.catchUp(clock.us);
    });
    const second = new Alarm();
    const third = new Alarm();
    wheel.schedule(first, 1_000);
    wheel.schedule(second, 1_200);
    wheel.schedule(third, 5_000);
    wheel.start();
    wheel.catchUp(1_100);
    expect([first.fired, second.fired]).toEqual([[1_100], []]);
    wheel.catchUp(4_199);
    expect(second.fired).toEqual([]);
    wheel.catchUp(4_200);
    expect(second.fired).toEqual([4_200]);
    wheel.stop();
    wheel.catchUp(9_000);
    expect(third.fired).toEqual([]);
  });

  it('tells of every turn of the loop before it fires what is due, and of none when it catches up', async () => {
    const clock = new RunClock();
    const wheel = new TimerWheel(clock);
    const seen: string[] = [];
    await new Promise<void>((resolve) => {
      wheel.start(() => seen.push('turn'));
      // Only now: what is due at a tick before the one in which a wheel starts has to wait for a turn of it.
      wheel.schedule(
        new Alarm(() => {
          seen.push('fired');
          resolve();
        }),
        0,
      );
      wheel.catchUp(clock.nowUs());
    });
    expect(seen).toEqual(['fired']);
    await new Promise<void>((resolve) => wheel.schedule(new Alarm(() => resolve(void seen.push('fired'))), clock.nowUs()));
    wheel.stop();
    expect(seen.slice(-2)).toEqual(['turn', 'fired']);
  });

  it('runs on the real clock', async () => {
    const clock = new RunClock();
    const wheel = new TimerWheel(clock);
    wheel.start();
    const firedAt = await new Promise<number>((resolve) => wheel.schedule(new Alarm(() => resolve(clock.nowUs())), 20_000));
    wheel.stop();
    expect(firedAt).toBeGreaterThanOrEqual(20_000);
  });
});
