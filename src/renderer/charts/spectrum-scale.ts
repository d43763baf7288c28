import type { Spectrum } from '../../shared/api/types';

/** Percentiles that the axis names. */
export const NAMED_PERCENTILES = [0, 50, 75, 90, 95, 99, 99.9, 99.99, 99.999];

/** Where a percentile (0 to below 100) is on a 1 - p axis: every nine takes the same room. 0 for the 0 %ile, 1 for the 90 %ile, 2 for the 99 %ile. */
export function spectrumPlace(percentile: number): number {
  return -Math.log10(1 - percentile / 100);
}

/** The percentile at a place of the axis. */
export function percentileAtPlace(place: number): number {
  return 100 * (1 - 10 ** -place);
}

/** The time (ms) that `percentile` % of the requests took at most: of the first point that is not below; NaN beyond the last one. */
export function spectrumValue(points: Spectrum, percentile: number): number {
  for (const point of points) if (point.percentile >= percentile - 1e-9) return point.ms;
  return Number.NaN;
}
