/**
 * The probability that Student's t with `df` degrees of freedom is at least as far from zero as `t`:
 * I_x(df/2, 1/2) with x = df / (df + t^2) (Abramowitz and Stegun, 26.7.1 with 26.5.27).
 */
export function studentTwoSidedP(t: number, df: number): number {
  return regularizedBeta(df / (df + t * t), df / 2, 0.5);
}

/** The t (>= 0) that Student's t stays within, to both sides, with probability `confidence` (0 to 1): 2.228 for 0.95 and df = 10. */
export function studentTwoSidedQuantile(confidence: number, df: number): number {
  const outside = 1 - confidence;
  let high = 1;
  while (studentTwoSidedP(high, df) > outside) high *= 2;
  let low = 0;
  // Bisection: the probability falls monotonically; 60 halvings leave nothing of the bracket.
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (studentTwoSidedP(middle, df) > outside) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The regularised incomplete beta function I_x(a, b), by its continued fraction (DLMF 8.17.22) where that converges fast. */
function regularizedBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - regularizedBeta(1 - x, b, a);
  const logFactor = a * Math.log(x) + b * Math.log1p(-x) - Math.log(a) - (logGamma(a) + logGamma(b) - logGamma(a + b));
  return Math.exp(logFactor) / betaFraction(x, a, b);
}

/** 1 + d1/(1 + d2/(1 + …)) evaluated forward with the modified Lentz algorithm (Thompson and Barnett, 1986). */
function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  let fraction = 1;
  let c = 1;
  let d = 0;
  for (let term = 1; term <= 1000; term++) {
    const m = Math.floor(term / 2);
    const coefficient =
      term % 2 === 0
        ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
        : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + coefficient * d || tiny);
    c = 1 + coefficient / c || tiny;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-14) break;
  }
  return fraction;
}

/** ln Gamma(x), x > 0: Stirling's series (DLMF 5.11.1) above 10, reached by Gamma(x + 1) = x Gamma(x). */
function logGamma(x: number): number {
  let shift = 0;
  let large = x;
  for (; large < 10; large++) shift += Math.log(large);
  const inverse = 1 / large;
  const square = inverse * inverse;
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188))));
  return (large - 0.5) * Math.log(large) - large + 0.5 * Math.log(2 * Math.PI) + series - shift;
}
