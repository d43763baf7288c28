import { useCallback, useEffect, useMemo } from 'react';
import type { RunSnapshot, SecondWindow } from '../../../shared/api/types';
import { type SeriesKey, seriesIdentity } from '../../../shared/scenario/series';
import type { ChartGroup } from '../../charts/chart-group';
import type { PlotReading } from '../../charts/PlotState';
import { SpectrumChart } from '../../charts/SpectrumChart';
import { TimeChart } from '../../charts/TimeChart';
import type { TimeRange } from '../../charts/time-column';
import { useKept } from '../../ui/kept-state';
import { LongSelect } from '../../ui/LongSelect';
import { Select, type SelectOption } from '../../ui/Select';
import { runColor, runLetter } from './compared-runs';
import { windowWithin } from './compared-window';
import styles from './OverlayCharts.module.css';
import {
  haveRequests,
  OVERLAY_MEASURES,
  type OverlaidRun,
  type OverlayMeasure,
  overlayBackdrop,
  overlayEnd,
  overlayLines,
} from './overlay-lines';
import { type OneReading, useReadings } from './use-readings';

const ALL_SERIES = '';

interface OverlayChartsProps {
  /** What is chosen is kept under it (see `useKept`). */
  place: string;
  /** A first. */
  runs: readonly RunSnapshot[];
  group: ChartGroup;
  /** What was chosen on the charts; null: everything. */
  window: SecondWindow | null;
}

/** The runs one over the other, on the time since their start, and their percentile spectra. */
export function OverlayCharts({ place, runs, group, window }: OverlayChartsProps) {
  const [series, setSeries] = useKept(`${place} series`, () => ALL_SERIES);
  const [measure, setMeasure] = useKept<OverlayMeasure>(`${place} measure`, () => 'p95');
  const keys = useMemo(() => allSeries(runs), [runs]);
  // A run without the series has no line.
  const read = useMemo(() => withSeries(runs, series), [runs, series]);
  const { readings, reload } = useReadings(
    'runs.course',
    read.map(({ id, index }) => ({ id, series: index })),
  );
  const reading = plotReading(readings, reload);
  const overlaid = useMemo(
    () =>
      read.flatMap(({ id, place, index }, at): OverlaidRun[] => {
        const course = readings[at]?.data;
        return course ? [{ id, place, series: index, course }] : [];
      }),
    [read, readings],
  );

  const isRead = reading === null;
  useEffect(() => {
    if (!isRead) return;
    const end = overlayEnd(overlaid);
    group.setData({ from: 0, to: end }, end);
  }, [group, overlaid, isRead]);

  const lines = useMemo(
    () => ({
      requests: overlayLines(overlaid, 'requests'),
      failures: overlayLines(overlaid, 'failures'),
      latency: overlayLines(overlaid, measure),
    }),
    [overlaid, measure],
  );
  const backdrop = useMemo(() => {
    const shown = overlayBackdrop(overlaid);
    return () => shown;
  }, [overlaid]);
  const isEmpty = useCallback((range: TimeRange) => !haveRequests(overlaid, range), [overlaid]);
  const shared = { group, backdrop, reading, isEmpty, height: 180 };
  const measureLabel = OVERLAY_MEASURES.find(({ id }) => id === measure)?.label ?? '';

  return (
    <section className={styles.section} aria-labelledby="overlays">
      <header className={styles.head}>
        <h2 id="overlays">Over time</h2>
        <p className={styles.about}>
          {window
            ? 'Zoomed to the window compared. Double-click or press Esc for all.'
            : 'Drag over a stretch to compare only that. Shaded: not compared.'}
        </p>
        <LongSelect
          label="Series"
          what="series"
          value={series}
          options={[
            { value: ALL_SERIES, label: 'All requests (Aggregated)' },
            ...keys.map((key) => ({ value: seriesIdentity(key), label: seriesIdentity(key) })),
          ]}
          onChange={setSeries}
          className={styles.series}
        />
        <Select
          label="Response time"
          labelPlace="hidden"
          value={measure}
          options={MEASURE_OPTIONS}
          onChange={(next: OverlayMeasure) => setMeasure(next)}
          className={styles.measure}
        />
      </header>
      <div className={styles.charts}>
        <TimeChart title="Requests" unit="/s" lines={lines.requests} {...shared} />
        <TimeChart title={measureLabel} unit="ms" lines={lines.latency} {...shared} />
        <TimeChart title="Failures" unit="/s" lines={lines.failures} {...shared} />
        <Spectra overlaid={overlaid} window={window} courses={reading} />
      </div>
    </section>
  );
}

const MEASURE_OPTIONS: readonly SelectOption<OverlayMeasure>[] = OVERLAY_MEASURES.map(({ id, label }) => ({ value: id, label }));

interface SpectraProps {
  overlaid: readonly OverlaidRun[];
  window: SecondWindow | null;
  /** Of the courses, which say how long the runs are. */
  courses: PlotReading | null;
}

function Spectra({ overlaid, window, courses }: SpectraProps) {
  const parts = useMemo(() => overlaid.flatMap((run) => spectrumPart(run, window)), [overlaid, window]);
  const { readings, reload } = useReadings(
    'runs.spectrum',
    parts.map(({ input }) => input),
  );
  const lines = useMemo(
    () =>
      parts.flatMap(({ place, input: { id } }, at) => {
        const points = readings[at]?.data;
        return points ? [{ id: String(id), label: `${runLetter(place)} run ${id}`, color: runColor(place), points }] : [];
      }),
    [parts, readings],
  );
  const title = window ? 'Percentile spectrum of the window' : 'Percentile spectrum, steady phase';
  return <SpectrumChart title={title} lines={lines} height={180} reading={courses ?? plotReading(readings, reload)} />;
}

/** What a chart of several readings waits for: nothing once all are there. */
function plotReading(readings: readonly OneReading<unknown>[], onRetry: () => void): PlotReading | null {
  const error = readings.find((reading) => reading.error !== null)?.error ?? null;
  return error !== null || readings.some(({ data }) => data === null) ? { error, onRetry } : null;
}

/** What of a run its spectrum is of: the window; without one the steady phase. Empty when the run has nothing of the window. */
function spectrumPart({ id, place, series, course }: OverlaidRun, window: SecondWindow | null) {
  if (!window) return [{ place, input: { id, series } }];
  const stretch = windowWithin(window, (course.second.at(-1) ?? 0) + 1);
  return stretch ? [{ place, input: { id, series, window: stretch } }] : [];
}

function withSeries(runs: readonly RunSnapshot[], series: string): { id: number; place: number; index: number | null }[] {
  return runs.flatMap(({ record, series: keys }, place) => {
    const index = series === ALL_SERIES ? null : keys.findIndex((key) => seriesIdentity(key) === series);
    return index === -1 ? [] : [{ id: record.id, place, index }];
  });
}

/** Every series of any run, those of A first. */
function allSeries(runs: readonly RunSnapshot[]): SeriesKey[] {
  const known = new Map<string, SeriesKey>();
  for (const key of runs.flatMap((run) => run.series)) known.set(seriesIdentity(key), key);
  return [...known.values()];
}
