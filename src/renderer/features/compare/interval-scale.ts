import type { VerdictLine } from './verdict-groups';

/** Places within an interval bar, 0 (left end) to 1 (right end). */
export interface IntervalPlaces {
  zero: number;
  at: number;
  low: number;
  high: number;
  /** The interval reaches beyond the end of the bar. */
  cutLeft: boolean;
  cutRight: boolean;
}

/** Half widths that a bar can have, percent or points. */
const REACHES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

/**
 * Half the width of all bars of a unit: every change fits, and what is beyond ten times the median interval does not squeeze the others. The
 * same for all lines, so that they can be compared by eye.
 */
export function intervalReach(
  lines: readonly Pick<VerdictLine, 'change' | 'low' | 'high' | 'changeUnit'>[],
  unit: VerdictLine['changeUnit'],
): number {
  const ends = lines
    .filter((line) => line.changeUnit === unit && line.low !== null && line.high !== null)
    .map((line) => Math.max(Math.abs(line.low ?? 0), Math.abs(line.high ?? 0)))
    .sort((a, b) => a - b);
  const largestChange = Math.max(
    0,
    ...lines.filter((line) => line.changeUnit === unit && line.low !== null).map((line) => Math.abs(line.change ?? 0)),
  );
  const typical = ends[Math.floor(ends.length / 2)] ?? 0;
  const needed = Math.max(largestChange * 1.1, Math.min(ends.at(-1) ?? 0, typical * 10));
  const smallest = unit === 'percent' ? 10 : 1;
  return REACHES.find((reach) => reach >= Math.max(needed, smallest)) ?? Math.ceil(needed / 1000) * 1000;
}

/** Where zero, the change and the ends of its interval lie; null without an interval. */
export function intervalPlaces(
  { change, low, high }: Pick<VerdictLine, 'change' | 'low' | 'high'>,
  reach: number,
): IntervalPlaces | null {
  if (change === null || low === null || high === null) return null;
  const place = (value: number) => Math.min(1, Math.max(0, (value + reach) / (2 * reach)));
  return { zero: 0.5, at: place(change), low: place(low), high: place(high), cutLeft: low < -reach, cutRight: high > reach };
}
