/** A window of this many autocorrelation times takes in nearly all of the correlation and little of its noise (Sokal, 1997, section 3). */
const WINDOW = 5;

/**
 * The integrated autocorrelation time of a sequence, in steps: tau = 1 + 2 * sum of rho(k), the factor by which dependence between
 * neighbours makes the variance of the mean larger than that of as many independent values. 1 for independent values, (1 + phi) / (1 - phi) for an
 * AR(1) process; never reported below 1. The sum ends at the first lag M with M >= 5 tau (automatic windowing: A. Sokal,
 * "Monte Carlo Methods in Statistical Mechanics", 1997).
 *
 * @param values NaN where there is none; such places are left out of all sums
 */
export function integratedAutocorrelationTime(values: ArrayLike<number>): number {
  const deviations = deviationsFromMean(values);
  const variance = lagProduct(deviations, 0);
  // A constant sequence differs from its mean by rounding only.
  const largest = Array.from(values).reduce((most, value) => (Number.isNaN(value) ? most : Math.max(most, Math.abs(value))), 0);
  if (!(variance > deviations.length * (largest * 1e-12) ** 2)) return 1;
  let tau = 1;
  for (let lag = 1; lag < deviations.length && lag < WINDOW * tau; lag++) {
    tau += (2 * lagProduct(deviations, lag)) / variance;
  }
  return Math.max(1, tau);
}

function deviationsFromMean(values: ArrayLike<number>): Float64Array {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  // A missing value deviates by nothing, so it adds nothing to any product.
  return Float64Array.from(values, (value) => (Number.isNaN(value) ? 0 : value - sum / count));
}

function lagProduct(deviations: Float64Array, lag: number): number {
  let sum = 0;
  for (let i = lag; i < deviations.length; i++) sum += (deviations[i] as number) * (deviations[i - lag] as number);
  return sum;
}
