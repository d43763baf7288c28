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

/** Half widths that a bar can have: so many times as much (or as little), or so many points. */
const REACHES = { percent: [1.1, 1.2, 1.5, 2, 3, 5, 10, 20, 50, 100], points: [1, 2, 5, 10, 20, 50, 100] };

/**
 * Half the width of all bars of a unit, as `spread` has it: every change fits, and what is beyond five times the median interval does not
 * squeeze the others. The same for all lines, so that they can be compared by eye.
 */
export function intervalReach(
  lines: readonly Pick<VerdictLine, 'change' | 'low' | 'high' | 'changeUnit'>[],
  unit: VerdictLine['changeUnit'],
): number {
  const shown = lines.filter((line) => line.changeUnit === unit && line.low !== null && line.high !== null);
  const size = (value: number | null) => Math.abs(spread(value ?? 0, unit));
  const ends = shown.map(({ low, high }) => Math.max(size(low), size(high))).toSorted((a, b) => a - b);
  const largestChange = Math.max(0, ...shown.map(({ change }) => size(change)));
  const typical = ends[Math.floor(ends.length / 2)] ?? 0;
  const needed = Math.max(largestChange * 1.1, Math.min(ends.at(-1) ?? 0, typical * 5));
  const reaches = REACHES[unit].map((reach) => (unit === 'percent' ? Math.log(reach) : reach));
  return reaches.find((reach) => reach >= needed) ?? needed;
}

/** Where zero, the change and the ends of its interval lie; null without an interval. */
export function intervalPlaces(
  { change, low, high, changeUnit }: Pick<VerdictLine, 'change' | 'low' | 'high' | 'changeUnit'>,
  reach: number,
): IntervalPlaces | null {
  if (change === null || low === null || high === null) return null;
  const share = (value: number) => spread(value, changeUnit) / reach;
  const place = (value: number) => Math.min(1, Math.max(0, (share(value) + 1) / 2));
  return {
    zero: 0.5,
    at: place(change),
    low: place(low),
    high: place(high),
    cutLeft: share(low) < -1,
    cutRight: share(high) > 1,
  };
}

/** Percents by their ratio: twice as much is as far from zero as half as much, and an interval is as long on either side of its change. */
function spread(value: number, unit: VerdictLine['changeUnit']): number {
  return unit === 'percent' ? Math.log1p(value / 100) : value;
}
