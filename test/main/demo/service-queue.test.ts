import { describe, expect, it } from 'vitest';
import { ServiceQueue } from '../../../src/main/demo/service-queue';

describe('ServiceQueue', () => {
  it('takes one service time when nothing waits', () => {
    const queue = new ServiceQueue(100, 10);
    expect(queue.admit(5_000)).toBe(15_000);
    expect(queue.admit(50_000)).toBe(60_000);
  });

  it('serves one after the other at its rate', () => {
    const queue = new ServiceQueue(100, 10);
    expect([queue.admit(0), queue.admit(0), queue.admit(1_000)]).toEqual([10_000, 20_000, 30_000]);
    expect(queue.length(1_000)).toBe(3);
    expect(queue.length(10_000)).toBe(2);
    expect(queue.length(30_000)).toBe(0);
  });

  it('refuses what does not fit and takes again once there is room', () => {
    const queue = new ServiceQueue(3, 2);
    expect(queue.admit(0)).toBeCloseTo(333_333.3, 0);
    expect(queue.admit(0)).toBeCloseTo(666_666.7, 0);
    expect(queue.admit(0)).toBeNull();
    expect(queue.admit(333_334)).toBeCloseTo(1_000_000, 0);
  });
});
