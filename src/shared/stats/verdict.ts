import { studentTwoSidedP, studentTwoSidedQuantile } from './student-t';

/** Probability that the interval of one measure holds the true effect, and one less the chance of any false alarm in a comparison. */
export const CONFIDENCE = 0.95;

/** What is compared of a series. */
export const MEASURES = ['median', 'p95', 'p99', 'errorRate'] as const;
export type Measure = (typeof MEASURES)[number];

export type Verdict = 'regression' | 'improvement' | 'equivalent' | 'inconclusive' | 'not enough data';

/** Smallest relative change of a percentile that matters. */
const RELATIVE_MARGIN: Record<Exclude<Measure, 'errorRate'>, number> = { median: 0.05, p95: 0.1, p99: 0.1 };
/** Smallest absolute change of p95 and p99 that matters, ms. */
const TAIL_MARGIN_MS = 1;
/** Smallest change of the error rate that matters, as a part of 1 (0.1 points). */
const ERROR_RATE_MARGIN = 0.001;

/** A figure of one run with what its resamples say of it. */
export interface Estimate {
  /** Log of us for a percentile, part of 1 for the error rate. */
  value: number;
  /** Standard deviation of the value over the resamples. */
  standardError: number;
  /** Independent blocks behind it. */
  blocks: number;
}

/** The difference B - A of two estimates. */
export interface Effect {
  estimate: number;
  /** 95 % interval. */
  low: number;
  high: number;
  /** Two-sided, of no difference. */
  pValue: number;
}

/** What counts as no change that matters, on the scale of the effect: from `lower` (below zero) to `upper`. */
export interface Margin {
  lower: number;
  upper: number;
}

/**
 * B - A +- t x sqrt(SEa^2 + SEb^2), t with the degrees of freedom of Welch and Satterthwaite (Welch, 1947), each run having one less than its
 * blocks.
 */
export function effectOf(a: Estimate, b: Estimate): Effect {
  const estimate = b.value - a.value;
  const varianceA = a.standardError ** 2;
  const varianceB = b.standardError ** 2;
  const standardError = Math.sqrt(varianceA + varianceB);
  if (standardError === 0) return { estimate, low: estimate, high: estimate, pValue: estimate === 0 ? 1 : 0 };
  // As parts of the sum, because the squares of very small variances would vanish.
  const partA = varianceA / (varianceA + varianceB);
  const degreesOfFreedom = 1 / (partA ** 2 / (a.blocks - 1) + (1 - partA) ** 2 / (b.blocks - 1));
  const halfWidth = studentTwoSidedQuantile(CONFIDENCE, degreesOfFreedom) * standardError;
  return {
    estimate,
    low: estimate - halfWidth,
    high: estimate + halfWidth,
    pValue: studentTwoSidedP(estimate / standardError, degreesOfFreedom),
  };
}

/**
 * The margin of a measure: 5 % (median) or 10 % and at least 1 ms (p95, p99) as log-ratios, 0.1 points (error rate). Where A is not above
 * 1 ms, no fall of its tail can reach 1 ms, and the lower margin is infinite.
 *
 * @param valueA A's figure in ms; not looked at for the error rate
 */
export function marginOf(measure: Measure, valueA: number): Margin {
  if (measure === 'errorRate') return { lower: -ERROR_RATE_MARGIN, upper: ERROR_RATE_MARGIN };
  const relative = Math.log1p(RELATIVE_MARGIN[measure]);
  if (measure === 'median') return { lower: -relative, upper: relative };
  const fall = valueA > TAIL_MARGIN_MS ? Math.log1p(-TAIL_MARGIN_MS / valueA) : Number.NEGATIVE_INFINITY;
  return { lower: Math.min(-relative, fall), upper: Math.max(relative, Math.log1p(TAIL_MARGIN_MS / valueA)) };
}

/**
 * The rule. Different from zero (adjusted p below 5 %, hence the whole interval on one side) and the estimate beyond the margin: regression or
 * improvement. Else the whole interval inside the margin: equivalent. Else inconclusive. More is worse in every measure.
 */
export function verdictOf(effect: Effect, adjustedP: number, margin: Margin): Verdict {
  const { estimate, low, high } = effect;
  if (adjustedP < 1 - CONFIDENCE) {
    if (estimate > margin.upper) return 'regression';
    if (estimate < margin.lower) return 'improvement';
  }
  return low > margin.lower && high < margin.upper ? 'equivalent' : 'inconclusive';
}

/**
 * Holm's step-down adjustment (Holm, "A simple sequentially rejective multiple test procedure", 1979): calling what stays below 5 % real makes
 * a false call anywhere in the family in at most 5 % of families, however the tests depend on each other.
 */
export function holmAdjusted(pValues: readonly number[]): number[] {
  const order = pValues.map((_, index) => index).sort((i, j) => (pValues[i] as number) - (pValues[j] as number));
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  order.forEach((index, rank) => {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * (pValues[index] as number)));
    adjusted[index] = largest;
  });
  return adjusted;
}
