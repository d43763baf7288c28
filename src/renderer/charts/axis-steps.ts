import type { TimeRange } from './time-column';

const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400];
/** Ends of the time axis of a run that is on: it grows in leaps, not with every second. */
const TIME_ENDS = [
  60, 120, 180, 300, 600, 900, 1200, 1800, 2700, 3600, 5400, 7200, 10_800, 14_400, 21_600, 28_800, 43_200, 86_400,
];

/** Seconds between two labels of a time axis that has room for `count` of them. */
export function timeStep(spanSeconds: number, count: number): number {
  const needed = spanSeconds / Math.max(1, count);
  return TIME_STEPS.find((step) => step >= needed) ?? Math.ceil(needed / 86_400) * 86_400;
}

/** The multiples of `step` within a range, both ends included. */
export function ticksWithin({ from, to }: TimeRange, step: number): number[] {
  const ticks: number[] = [];
  // Adding 0 makes 0 of -0, which would be written with its sign.
  for (let tick = Math.ceil(from / step - 1e-9); tick * step <= to + step * 1e-9; tick++) ticks.push(tick * step + 0);
  return ticks;
}

/** Where the time axis of a run that is on ends after `elapsedSeconds`: ahead of the run, but not beyond its plan. */
export function timeAxisEnd(elapsedSeconds: number, plannedSeconds: number | null): number {
  const end = TIME_ENDS.find((seconds) => seconds >= elapsedSeconds) ?? Math.ceil(elapsedSeconds / 86_400) * 86_400;
  return plannedSeconds !== null && plannedSeconds >= elapsedSeconds ? Math.min(end, Math.ceil(plannedSeconds)) : end;
}

/** Where a value axis that begins at 0 ends, and the distance of its lines. */
export interface ValueAxis {
  end: number;
  step: number;
}

const LINES = 4;

/**
 * The axis for a largest value. `before` is kept as long as the values still fill a good part of it, so that it does not jump with every second.
 * `whole`: of counts, whose lines lie at whole numbers.
 */
export function valueAxis(largest: number, before: ValueAxis | null, whole: boolean): ValueAxis {
  // A line along the upper edge would hardly be seen.
  const needed = largest * 1.04;
  if (before && needed <= before.end && largest > before.end * 0.35) return before;
  if (!(largest > 0) || !Number.isFinite(largest)) return { end: 1, step: whole ? 1 : 0.5 };
  const step = roundStep(needed / LINES, whole);
  return { end: step * Math.ceil(needed / step - 1e-9), step };
}

/** A round number that is at least `value`; `whole`: a whole one, from 1 on. */
export function roundStep(value: number, whole: boolean): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 2.5, 3, 4, 5, 10].find((candidate) => candidate >= (value / power) * (1 - 1e-9)) ?? 10;
  const step = Number((factor * power).toPrecision(2));
  return whole ? Math.max(1, Math.ceil(step)) : step;
}
