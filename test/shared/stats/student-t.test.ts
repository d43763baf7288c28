import { describe, expect, it } from 'vitest';
import { studentTwoSidedP, studentTwoSidedQuantile } from '../../../src/shared/stats/student-t';

describe("Student's t", () => {
  // Table of percentage points, as printed in any statistics book (two-sided).
  it.each([
    [0.95, 1, 12.706],
    [0.95, 2, 4.303],
    [0.95, 9, 2.262],
    [0.95, 10, 2.228],
    [0.99, 10, 3.169],
    [0.9, 18, 1.734],
    [0.95, 30, 2.042],
    [0.999, 5, 6.869],
    [0.95, 120, 1.98],
  ])('stays within its %d quantile of %d degrees of freedom', (confidence, df, expected) => {
    expect(studentTwoSidedQuantile(confidence, df)).toBeCloseTo(expected, 3);
  });

  it('has the closed forms of one and two degrees of freedom', () => {
    for (const t of [0.01, 0.5, 1, 3, 40]) {
      expect(studentTwoSidedP(t, 1)).toBeCloseTo(1 - (2 / Math.PI) * Math.atan(t), 12);
      expect(studentTwoSidedP(t, 2)).toBeCloseTo(1 - t / Math.sqrt(2 + t * t), 12);
      expect(studentTwoSidedP(-t, 2)).toBe(studentTwoSidedP(t, 2));
    }
    expect(studentTwoSidedP(0, 7.5)).toBe(1);
  });

  it('nears the normal distribution', () => {
    expect(studentTwoSidedQuantile(0.95, 100_000)).toBeCloseTo(1.95996, 4);
  });

  it('gives back the probability that a quantile was asked for', () => {
    for (const df of [1.7, 9, 18.4, 359]) {
      for (const confidence of [0.5, 0.95, 0.9999]) {
        expect(studentTwoSidedP(studentTwoSidedQuantile(confidence, df), df)).toBeCloseTo(1 - confidence, 10);
      }
    }
  });
});
