import { describe, expect, it } from 'vitest';
import { seededRandom } from '../support/recorded-run';
import { linearTrend, type Point } from './linear-trend';

const straight = (slope: number, level: number, from = 0, count = 20): Point[] =>
  Array.from({ length: count }, (_, i) => ({ x: from + i, y: level + slope * (from + i) }));

/** Normally distributed (Box and Muller). */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

describe('a linear trend', () => {
  it('of a straight line is its slope, with no doubt', () => {
    const { slope, halfWidth, mean, points } = linearTrend([straight(3, 100)], 0.99);
    expect(slope).toBeCloseTo(3, 9);
    expect(halfWidth).toBeCloseTo(0, 9);
    expect(mean).toBeCloseTo(100 + 3 * 9.5, 9);
    expect(points).toBe(20);
  });

  it('of two stretches with levels of their own is their common slope, not the step between them', () => {
    const { slope, halfWidth } = linearTrend([straight(3, 100), straight(3, 5000, 20)], 0.99);
    expect(slope).toBeCloseTo(3, 9);
    expect(halfWidth).toBeCloseTo(0, 6);
  });

  it('of too few values cannot be told', () => {
    expect(linearTrend([], 0.99).halfWidth).toBe(Number.POSITIVE_INFINITY);
    expect(linearTrend([straight(3, 100, 0, 2)], 0.99).halfWidth).toBe(Number.POSITIVE_INFINITY);
    expect(linearTrend([straight(3, 100, 0, 6)], 0.99).halfWidth).toBe(Number.POSITIVE_INFINITY);
  });

  it('of known values with independent errors is what a textbook gives', () => {
    // Slope 0.1 and residual standard error by hand: y alternates around a line, so that residuals do not resemble their neighbours.
    const points = Array.from({ length: 40 }, (_, i) => ({ x: i, y: i * 0.1 + (i % 2 === 0 ? 1 : -1) }));
    const { slope, halfWidth } = linearTrend([points], 0.95);
    const sumXx = (40 * (40 * 40 - 1)) / 12;
    const sumXy = points.reduce((sum, { x, y }) => sum + (x - 19.5) * y, 0);
    expect(slope).toBeCloseTo(sumXy / sumXx, 12);
    const fitted = points.map(({ x, y }) => y - points.reduce((sum, p) => sum + p.y, 0) / 40 - slope * (x - 19.5));
    const variance = fitted.reduce((sum, residual) => sum + residual ** 2, 0) / 38;
    // 2.0244: Student's t, 95 %, 38 degrees of freedom.
    expect(halfWidth).toBeCloseTo(2.0244 * Math.sqrt(variance / sumXx), 4);
  });

  it.each([
    ['independent', 0],
    ['correlated', 0.8],
  ])('its interval holds the true slope about as often as it says: %s errors', (_, phi) => {
    const random = seededRandom(7);
    let held = 0;
    for (let round = 0; round < 300; round++) {
      let error = normal(random) / Math.sqrt(1 - phi * phi);
      const points = Array.from({ length: 200 }, (_, x) => {
        error = phi * error + normal(random);
        return { x, y: 50 + 0.02 * x + error };
      });
      const { slope, halfWidth } = linearTrend([points], 0.95);
      if (Math.abs(slope - 0.02) <= halfWidth) held++;
    }
    // 95 % of 300 is 285; without the correction for correlation it would be below 200 for the second.
    expect(held).toBeGreaterThan(265);
  });
});
