/** Pearson's chi-square statistic of counts against the counts expected. */
export function chiSquare(counts: readonly number[], expected: readonly number[]): number {
  return counts.reduce((sum, count, index) => sum + (count - (expected[index] ?? 0)) ** 2 / (expected[index] ?? 0), 0);
}

/**
 * How far counts are from being evenly distributed, as a standard normal deviate (Wilson and Hilferty, 1931):
 * beyond 3.5 with a probability of 1 in 4,000.
 */
export function unevenness(counts: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return deviate(
    chiSquare(
      counts,
      counts.map(() => total / counts.length),
    ),
    counts.length - 1,
  );
}

/** A chi-square statistic as a standard normal deviate. */
export function deviate(statistic: number, degreesOfFreedom: number): number {
  const spread = 2 / (9 * degreesOfFreedom);
  return (Math.cbrt(statistic / degreesOfFreedom) - (1 - spread)) / Math.sqrt(spread);
}

/** How many of the values, each in [min, max), fall into each of `cells` equal parts. */
export function countInto(cells: number, values: Iterable<number>, min = 0, max = 1): number[] {
  const counts = new Array<number>(cells).fill(0);
  for (const value of values) {
    const cell = Math.floor(((value - min) / (max - min)) * cells);
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return counts;
}

/** The Kolmogorov-Smirnov distance of values from a distribution, times the root of their number: above 1.95 once in 1,000. */
export function kolmogorovSmirnov(values: readonly number[], distribution: (value: number) => number): number {
  const sorted = [...values].sort((a, b) => a - b);
  let distance = 0;
  sorted.forEach((value, index) => {
    const expected = distribution(value);
    distance = Math.max(distance, expected - index / sorted.length, (index + 1) / sorted.length - expected);
  });
  return distance * Math.sqrt(sorted.length);
}

/** The standard normal distribution (Abramowitz and Stegun 26.2.17, within 7.5e-8). */
export function normalDistribution(value: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(value));
  const polynomial = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp((-value * value) / 2) / Math.sqrt(2 * Math.PI)) * polynomial;
  return value >= 0 ? 1 - tail : tail;
}
