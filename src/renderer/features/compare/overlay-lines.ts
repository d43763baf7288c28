import type { RunCourse } from '../../../shared/api/types';
import { chartRate } from '../../../shared/stats/chart-rate';
import type { Backdrop } from '../../charts/backdrop';
import type { ChartLine } from '../../charts/time-chart-painter';
import { type TimeRange, timeColumn } from '../../charts/time-column';
import { runColor, runLetter } from './compared-runs';

/** What the chart of response times can show. */
export const OVERLAY_MEASURES = [
  { id: 'p50', label: 'Median' },
  { id: 'p90', label: 'p90' },
  { id: 'p95', label: 'p95' },
  { id: 'p99', label: 'p99' },
  { id: 'max', label: 'Max' },
] as const;
export type OverlayMeasure = (typeof OVERLAY_MEASURES)[number]['id'];

/** A run in the overlays; `place` is its letter. */
export interface OverlaidRun {
  id: number;
  place: number;
  /** Index of the series in this run; null: all. */
  series: number | null;
  course: RunCourse;
}

/** One line a run, over the seconds since its start. */
export function overlayLines(runs: readonly OverlaidRun[], measure: OverlayMeasure | 'requests' | 'failures'): ChartLine[] {
  return runs.map(({ id, place, course }) => {
    const isRate = measure === 'requests' || measure === 'failures';
    const values = isRate
      ? course[measure].map((count, index) => chartRate(count, course.lengthSeconds[index] ?? 1))
      : course[measure];
    const column = timeColumn(course.second, values);
    return {
      id: String(id),
      label: `${runLetter(place)} run ${id}`,
      color: runColor(place),
      width: place === 0 ? 2 : 1.5,
      combine: isRate ? 'mean' : 'highest',
      column: () => column,
    };
  });
}

/** Where the last of the runs ends, s. */
export function overlayEnd(runs: readonly OverlaidRun[]): number {
  return Math.max(1, ...runs.map(({ course }) => (course.second.at(-1) ?? 0) + 1));
}

/** Whether any of the runs had a request in a stretch. */
export function haveRequests(runs: readonly OverlaidRun[], { from, to }: TimeRange): boolean {
  return runs.some(({ course: { second, requests } }) =>
    second.some((at, index) => at + 1 > from && at < to && (requests[index] ?? 0) > 0),
  );
}

/** Shades what counts in no comparison: seconds in which any of the runs was not steady, or its generator was the limit. */
export function overlayBackdrop(runs: readonly OverlaidRun[]): Backdrop {
  return {
    shaded: stretches(runs, ({ phase }, index) => phase[index] !== 'steady'),
    limited: stretches(runs, ({ valid }, index) => valid[index] === false),
    marks: [],
  };
}

function stretches(runs: readonly OverlaidRun[], holds: (course: RunCourse, index: number) => boolean): TimeRange[] {
  const seconds = new Set<number>();
  for (const { course } of runs) {
    course.second.forEach((second, index) => {
      if (holds(course, index)) seconds.add(second);
    });
  }
  const found: TimeRange[] = [];
  for (const second of [...seconds].sort((x, y) => x - y)) {
    const last = found[found.length - 1];
    if (last && last.to === second) last.to = second + 1;
    else found.push({ from: second, to: second + 1 });
  }
  return found;
}
