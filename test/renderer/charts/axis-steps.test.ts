import { describe, expect, it } from 'vitest';
import { ticksWithin, timeAxisEnd, timeStep, valueAxis } from '../../../src/renderer/charts/axis-steps';

describe('time axis', () => {
  it('labels round times, at most as many as fit', () => {
    expect(timeStep(60, 10)).toBe(10);
    expect(timeStep(3600, 12)).toBe(300);
    expect(ticksWithin({ from: 7, to: 31 }, 10)).toEqual([10, 20, 30]);
    expect(Object.is(ticksWithin({ from: 0, to: 1 }, 1)[0], 0)).toBe(true);
  });

  it('grows in leaps ahead of the run, but not beyond its plan', () => {
    expect(timeAxisEnd(0, 300)).toBe(60);
    expect(timeAxisEnd(59, 300)).toBe(60);
    expect(timeAxisEnd(61, 300)).toBe(120);
    expect(timeAxisEnd(61, 90)).toBe(90);
    expect(timeAxisEnd(95, 90)).toBe(120);
    expect(timeAxisEnd(200_000, null)).toBeGreaterThanOrEqual(200_000);
  });
});

describe('value axis', () => {
  it('ends above the largest value, at a line', () => {
    for (const largest of [0.003, 0.7, 1, 9.9, 26, 709, 123_456]) {
      const { end, step } = valueAxis(largest, null, false);
      expect(end).toBeGreaterThan(largest);
      expect(end / step).toBeCloseTo(Math.round(end / step), 9);
      expect(end / step).toBeLessThanOrEqual(4);
    }
  });

  it('has lines at whole numbers for counts', () => {
    for (const largest of [1, 2, 3, 5, 11, 100]) expect(Number.isInteger(valueAxis(largest, null, true).step)).toBe(true);
  });

  it('stays while the values fill a good part of it, and follows when they leave it', () => {
    const axis = valueAxis(100, null, false);
    expect(valueAxis(60, axis, false)).toBe(axis);
    for (const part of [1, 1.1]) expect(valueAxis(axis.end * part, axis, false).end).toBeGreaterThan(axis.end);
    expect(valueAxis(10, axis, false).end).toBeLessThan(axis.end);
  });

  it('is there for nothing at all', () => {
    expect(valueAxis(0, null, true)).toEqual({ end: 1, step: 1 });
    expect(valueAxis(Number.NaN, null, false).end).toBe(1);
  });
});
