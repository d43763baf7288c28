import { integratedAutocorrelationTime } from '../../src/shared/stats/autocorrelation';
import { studentTwoSidedQuantile } from '../../src/shared/stats/student-t';

/** A measured value at a time. */
export interface Point {
  x: number;
  y: number;
}

/** How values change with time. */
export interface LinearTrend {
  /** Of y for each unit of x. */
  slope: number;
  /** The slope is within slope ± halfWidth with the confidence asked for. Infinity: too few values to say. */
  halfWidth: number;
  mean: number;
  points: number;
}

/** Fewer values that are independent of each other say nothing about a trend. */
const FEWEST_INDEPENDENT = 8;

/**
 * The common slope of several stretches of values, each with a level of its own (the lives of a process that was restarted), by least squares:
 * the sums of products are taken about each stretch's own means (analysis of covariance; N. Draper and H. Smith, "Applied Regression Analysis", ch. 14).
 * Neighbouring values of a process resemble each other, so that n of them say as much about the slope as n / tau independent ones: the standard error is
 * multiplied by sqrt(tau), and the degrees of freedom are n / tau - stretches - 1. tau is the integrated autocorrelation time of the residuals, but not
 * less than (1 + phi) / (1 - phi) with phi their correlation from one to the next: what a fitted line takes out of that, about (2 + 4 phi) / n, can be
 * put back (F. Marriott and J. Pope, "Bias in the estimation of autocorrelations", 1954).
 *
 * @param confidence 0 to 1
 */
export function linearTrend(stretches: readonly (readonly Point[])[], confidence: number): LinearTrend {
  const used = stretches.filter((stretch) => stretch.length >= 3);
  const centred = used.flatMap((stretch) => {
    const meanX = mean(stretch.map(({ x }) => x));
    const meanY = mean(stretch.map(({ y }) => y));
    return stretch.map(({ x, y }) => ({ x: x - meanX, y: y - meanY }));
  });
  const points = centred.length;
  const level = mean(used.flatMap((stretch) => stretch.map(({ y }) => y)));
  const sumXx = centred.reduce((sum, { x }) => sum + x * x, 0);
  if (points < 3 || sumXx === 0) return { slope: 0, halfWidth: Number.POSITIVE_INFINITY, mean: level, points };
  const slope = centred.reduce((sum, { x, y }) => sum + x * y, 0) / sumXx;
  const residuals = centred.map(({ x, y }) => y - slope * x);
  const tau = Math.max(integratedAutocorrelationTime(residuals), timeOfNeighbours(residuals));
  const independent = points / tau;
  const degrees = independent - used.length - 1;
  if (independent < FEWEST_INDEPENDENT || degrees < 1) return { slope, halfWidth: Number.POSITIVE_INFINITY, mean: level, points };
  const variance = (residuals.reduce((sum, residual) => sum + residual * residual, 0) * tau) / (points - used.length - 1);
  const halfWidth = studentTwoSidedQuantile(confidence, degrees) * Math.sqrt(variance / sumXx);
  return { slope, halfWidth, mean: level, points };
}

function timeOfNeighbours(residuals: readonly number[]): number {
  const square = residuals.reduce((sum, residual) => sum + residual * residual, 0);
  if (square === 0) return 1;
  const product = residuals.reduce((sum, residual, i) => sum + residual * (residuals[i - 1] ?? 0), 0);
  const found = product / square;
  const phi = Math.min(0.999, found + (2 + 4 * found) / residuals.length);
  return (1 + phi) / (1 - phi);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
