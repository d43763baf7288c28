import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectOf, holmAdjusted, marginOf, verdictOf } from '../../../src/shared/stats/verdict';

describe('the interval of an effect', () => {
  it('is estimate +- t x sqrt(SEa^2 + SEb^2) with the degrees of freedom of Welch and Satterthwaite', () => {
    const effect = effectOf({ value: 1, standardError: 0.3, blocks: 11 }, { value: 2, standardError: 0.4, blocks: 21 });
    // df = 0.25^2 / (0.09^2 / 10 + 0.16^2 / 20) = 29.90; t(0.975, 29.90) = 2.0425
    expect(effect.estimate).toBe(1);
    expect(effect.low).toBeCloseTo(1 - 2.0425 * 0.5, 4);
    expect(effect.high).toBeCloseTo(1 + 2.0425 * 0.5, 4);
    expect(effect.pValue).toBeCloseTo(0.0546, 3);
  });

  it('is a point where nothing varies', () => {
    const still = (value: number) => ({ value, standardError: 0, blocks: 30 });
    expect(effectOf(still(1), still(1))).toEqual({ estimate: 0, low: 0, high: 0, pValue: 1 });
    expect(effectOf(still(1), still(1.5))).toEqual({ estimate: 0.5, low: 0.5, high: 0.5, pValue: 0 });
  });
});

describe('margins', () => {
  it('are 5 % for the median, 10 % and at least 1 ms for the tails, 0.1 points for the error rate', () => {
    expect(Math.exp(marginOf('median', 0.2).upper)).toBeCloseTo(1.05, 10);
    expect(Math.exp(marginOf('p95', 100).upper)).toBeCloseTo(1.1, 10);
    expect(Math.exp(marginOf('p95', 100).lower)).toBeCloseTo(1 / 1.1, 10);
    expect(Math.exp(marginOf('p99', 4).upper)).toBeCloseTo(5 / 4, 10);
    expect(Math.exp(marginOf('p99', 4).lower)).toBeCloseTo(3 / 4, 10);
    expect(marginOf('p95', 0.8).lower).toBe(Number.NEGATIVE_INFINITY);
    expect(marginOf('errorRate', 0)).toEqual({ lower: -0.001, upper: 0.001 });
  });
});

describe('the rule', () => {
  const margin = { lower: -0.1, upper: 0.1 };
  const effect = (estimate: number, halfWidth: number) => ({
    estimate,
    low: estimate - halfWidth,
    high: estimate + halfWidth,
    pValue: 0,
  });
  it.each([
    [0.2, 0.05, 0.001, 'regression'],
    [-0.2, 0.05, 0.001, 'improvement'],
    [0.2, 0.05, 0.2, 'inconclusive'],
    [0.05, 0.02, 0.001, 'equivalent'],
    [0.08, 0.05, 0.001, 'inconclusive'],
    [0, 0.09, 1, 'equivalent'],
    [0, 0.11, 1, 'inconclusive'],
  ] as const)('effect %d +- %d with adjusted p %d is %s', (estimate, halfWidth, adjustedP, verdict) => {
    expect(verdictOf(effect(estimate, halfWidth), adjustedP, margin)).toBe(verdict);
  });
});

describe("Holm's adjustment", () => {
  it('multiplies the smallest by all, the next by one less, and never goes down', () => {
    const adjusted = holmAdjusted([0.01, 0.04, 0.03, 0.005]);
    [0.03, 0.06, 0.06, 0.02].forEach((expected, index) => {
      expect(adjusted[index]).toBeCloseTo(expected, 12);
    });
    expect(holmAdjusted([])).toEqual([]);
  });

  it('keeps the order, is never below the p value and never above that of Bonferroni or 1', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }), (pValues) => {
        const adjusted = holmAdjusted(pValues);
        pValues.forEach((p, i) => {
          expect(adjusted[i]).toBeGreaterThanOrEqual(p);
          expect(adjusted[i]).toBeLessThanOrEqual(Math.min(1, p * pValues.length) + 1e-15);
          pValues.forEach((q, j) => {
            if (p < q) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j] as number);
          });
        });
      }),
      { numRuns: 100, seed: 5 },
    );
  });
});
