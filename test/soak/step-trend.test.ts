import { describe, expect, it } from 'vitest';
import { seededRandom } from '../support/recorded-run';
import { stepTrend } from './step-trend';
import { growthLine } from './verdict';

/** 200 values over an hour. */
const hour = (valueAt: (x: number) => number) => Array.from({ length: 200 }, (_, i) => ({ x: i / 200, y: valueAt(i / 200) }));
const verdictOf = (valueAt: (x: number) => number) => growthLine('memory', stepTrend([hour(valueAt)], 0.99)).verdict;

describe('the trend of steps', () => {
  it('of a straight line is its slope', () => {
    const { slope, halfWidth, mean } = stepTrend([hour((x) => 100 + 5 * x), hour((x) => 300 + 5 * x)], 0.99);
    expect(slope).toBeCloseTo(5, 9);
    expect(halfWidth).toBeCloseTo(0, 9);
    expect(mean).toBeCloseTo(200 + 5 * (99.5 / 200), 9);
  });

  it('what does not change is flat', () => {
    expect(verdictOf(() => 180e6)).toBe('ok');
  });

  it.each([1, 2, 3])('%d steps up are no growth, and not none', (steps) => {
    expect(verdictOf((x) => 180e6 + 8e6 * Math.floor(x * steps + 0.55))).toBe('not long enough to tell');
  });

  it('what grows all the time, in many small steps and with noise, is growth', () => {
    const random = seededRandom(3);
    expect(verdictOf((x) => 180e6 + 1e6 * Math.floor(x * 40) + 0.3e6 * random())).toBe('FAILED');
  });

  it('of fewer values than pieces cannot be told', () => {
    expect(stepTrend([hour((x) => x).slice(0, 19)], 0.99).halfWidth).toBe(Number.POSITIVE_INFINITY);
    expect(stepTrend([], 0.99).halfWidth).toBe(Number.POSITIVE_INFINITY);
  });
});
