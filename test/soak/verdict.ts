import type { LinearTrend } from './linear-trend';

export type Verdict = 'ok' | 'FAILED' | 'not long enough to tell' | 'no goal';

/** A line of the table that a soak ends with. */
export interface SoakLine {
  what: string;
  figure: string;
  goal: string;
  verdict: Verdict;
}

/** A line that is either right or wrong. */
export function lineOf(what: string, figure: string | number, goal: string, passed: boolean): SoakLine {
  return { what, figure: String(figure), goal, verdict: passed ? 'ok' : 'FAILED' };
}

/** The most that memory may grow, percent of its mean an hour. */
export const MOST_GROWTH_PERCENT = 1;

/** Memory over hours: flat when the whole interval of its growth is below 1 %/h, growing when all of it is above. */
export function growthLine(what: string, trend: LinearTrend): SoakLine {
  const { slope, halfWidth, mean, points } = trend;
  const goal = `below ${MOST_GROWTH_PERCENT} %/h`;
  const percent = (slope / mean) * 100;
  const half = (halfWidth / mean) * 100;
  if (!Number.isFinite(half))
    return {
      what,
      figure: points === 0 ? 'no values' : `${points} values, ${megabytes(mean)}`,
      goal,
      verdict: 'not long enough to tell',
    };
  const figure = `${signed(percent)} ± ${half.toFixed(1)} %/h of ${megabytes(mean)}`;
  const verdict =
    percent + half < MOST_GROWTH_PERCENT ? 'ok' : percent - half > MOST_GROWTH_PERCENT ? 'FAILED' : 'not long enough to tell';
  return { what, figure, goal, verdict };
}

/** Growth of two stretches of time: the same when the whole interval of their ratio is within `tolerance` of 1, not when all of it is outside. */
export function sameSlopeLine(what: string, first: LinearTrend, second: LinearTrend, tolerance: number): SoakLine {
  const goal = `within ${tolerance * 100} %`;
  // Of a quotient, to first order.
  const ratio = second.slope / first.slope;
  const half = Math.abs(ratio) * Math.hypot(first.halfWidth / first.slope, second.halfWidth / second.slope);
  if (!Number.isFinite(ratio) || !Number.isFinite(half))
    return { what, figure: `${first.points + second.points} values`, goal, verdict: 'not long enough to tell' };
  const figure = `${signed((ratio - 1) * 100)} ± ${(half * 100).toFixed(1)} %`;
  const off = Math.abs(ratio - 1);
  const verdict = off + half <= tolerance ? 'ok' : off - half > tolerance ? 'FAILED' : 'not long enough to tell';
  return { what, figure, goal, verdict };
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(1)}`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
