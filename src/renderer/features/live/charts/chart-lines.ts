import { type SeriesKey, seriesIdentity, seriesLabel } from '../../../../shared/scenario/series';
import { AGGREGATED_STYLE, type SeriesStyle } from '../../../charts/series-color';
import type { ChartLine } from '../../../charts/time-chart-painter';
import type { Measure } from '../model/run-columns';
import type { RunViewModel } from '../model/run-view-model';

/** What the charts are about: all series together, several side by side, or one. */
export type ChartSubject =
  | { kind: 'all' }
  | { kind: 'side-by-side'; series: readonly number[] }
  | { kind: 'one'; series: number };

/** The series that they are about, each by itself: none when it is all together. */
export function seriesOf(subject: ChartSubject): readonly number[] {
  return subject.kind === 'all' ? [] : subject.kind === 'one' ? [subject.series] : subject.series;
}

/** The measures of response times, in the order of the legend. */
export const PERCENTILE_MEASURES = ['p50', 'p90', 'p95', 'p99', 'max'] as const;
export type PercentileMeasure = (typeof PERCENTILE_MEASURES)[number];

const PERCENTILE_COLORS: Record<PercentileMeasure, string> = {
  p50: 'var(--percentile-50)',
  p90: 'var(--percentile-90)',
  p95: 'var(--percentile-95)',
  p99: 'var(--percentile-99)',
  max: 'var(--percentile-max)',
};

/** Requests and failures a second, of one series or of all (`null`). */
export function rateLines(model: RunViewModel, series: number | null, style: SeriesStyle = AGGREGATED_STYLE): ChartLine[] {
  return [
    {
      id: 'requests',
      label: 'Requests/s',
      color: style.color,
      combine: 'mean',
      column: () => model.columns.column('requests', series),
    },
    {
      id: 'failures',
      label: 'Failures/s',
      color: 'var(--chart-failure)',
      dash: [5, 2],
      combine: 'mean',
      column: () => model.columns.column('failures', series),
    },
  ];
}

/** Response times of one series or of all (`null`). */
export function percentileLines(model: RunViewModel, series: number | null): ChartLine[] {
  return PERCENTILE_MEASURES.map((measure) => ({
    id: measure,
    label: measure,
    color: PERCENTILE_COLORS[measure],
    ...(measure === 'max' ? { width: 1, dash: [2, 2] } : {}),
    combine: 'highest',
    column: () => model.columns.column(measure, series),
  }));
}

/** A measure of several series, side by side. */
export function seriesLines(
  model: RunViewModel,
  keys: readonly SeriesKey[],
  chosen: readonly number[],
  styles: ReadonlyMap<string, SeriesStyle>,
  measure: Measure,
): ChartLine[] {
  return chosen.flatMap((series) => {
    const key = keys[series];
    if (!key) return [];
    return {
      id: String(series),
      label: seriesLabel(key),
      ...(styles.get(seriesIdentity(key)) ?? AGGREGATED_STYLE),
      combine: measure === 'requests' || measure === 'failures' ? ('mean' as const) : ('highest' as const),
      column: () => model.columns.column(measure, series),
    };
  });
}

export function nodeLines(model: RunViewModel): ChartLine[] {
  return [
    {
      id: 'planned',
      label: 'Planned',
      color: 'var(--chart-axis)',
      dash: [3, 3],
      width: 1,
      stepped: true,
      combine: 'last',
      column: () => model.columns.stateColumn('plannedNodes'),
    },
    {
      id: 'living',
      label: 'Living',
      color: 'var(--series-total)',
      stepped: true,
      combine: 'last',
      column: () => model.columns.stateColumn('nodes'),
    },
  ];
}

/** The series with the most requests so far, most first. */
export function busiestSeries(requests: readonly number[], count: number): number[] {
  return requests
    .map((total, series) => ({ total, series }))
    .sort((a, b) => b.total - a.total || a.series - b.series)
    .slice(0, count)
    .map(({ series }) => series)
    .sort((a, b) => a - b);
}
