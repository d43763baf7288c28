import { ChartLine as ChartIcon } from 'lucide-react';
import { useCallback, useEffect, useMemo } from 'react';
import type { RunSnapshot } from '../../../../shared/api/types';
import { type SeriesKey, seriesIdentity } from '../../../../shared/scenario/series';
import type { ChartGroup } from '../../../charts/chart-group';
import { HeatMap } from '../../../charts/HeatMap';
import { MOST_TOLD_APART, type SeriesStyle, styleSeries } from '../../../charts/series-color';
import { TimeChart } from '../../../charts/TimeChart';
import type { TimeRange } from '../../../charts/time-column';
import { Button } from '../../../ui/Button';
import { classNames } from '../../../ui/class-names';
import { EmptyState, ErrorState } from '../../../ui/EmptyState';
import { formatCount, formatFigure } from '../../../ui/format';
import { useKept } from '../../../ui/kept-state';
import { Spinner } from '../../../ui/Spinner';
import type { RunViewModel, RunViewState } from '../model/run-view-model';
import styles from './ChartsTab.module.css';
import { ChartsToolbar } from './ChartsToolbar';
import { type CourseColumn, CourseTable } from './CourseTable';
import {
  busiestSeries,
  type ChartSubject,
  nodeLines,
  type PercentileMeasure,
  percentileLines,
  rateLines,
  seriesLines,
  seriesOf,
} from './chart-lines';
import { EventLane } from './EventLane';
import { useChartData } from './use-chart-data';

export interface ChartsTabProps {
  model: RunViewModel;
  state: RunViewState;
  snapshot: RunSnapshot;
  group: ChartGroup;
  /** Shows the statistics of the stretch that is zoomed to. Keep it stable between renders. */
  onShowWindow(): void;
}

/** More lines than this are hard to tell apart; more can be chosen. */
const FIRST_SERIES = 8;

/** The course of the run: rates, response times, nodes and the heat map, with one time axis and one cursor. */
export function ChartsTab({ model, state, snapshot, group, onShowWindow }: ChartsTabProps) {
  const { record, series } = snapshot;
  const place = `run ${record.id} charts`;
  const [subject, setSubject] = useKept<ChartSubject>(`${place} of`, () => ({ kind: 'all' }));
  const [measure, setMeasure] = useKept<PercentileMeasure>(`${place} measure`, () => 'p95');
  const [asTable, setAsTable] = useKept(`${place} as table`, () => false);
  // The series of a run never change; their list is a new one with every second.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const keys = useMemo(() => series, [record.id]);
  const stylesOf = useMemo(() => stylesFor(keys, subject), [keys, subject]);
  const backdrop = useChartData(model, group, snapshot, state.running);
  const { course } = state;

  const shownSeries = useMemo(() => seriesOf(subject), [subject]);
  useEffect(() => {
    if (course === 'ready') void model.loadSeries(shownSeries);
  }, [model, shownSeries, course]);
  // The charts have their place from the start, so that nothing moves when what they draw has come.
  const readingAll = course === 'loading' ? { error: null, onRetry: () => void model.load() } : null;
  const readingSeries = shownSeries.every((each) => state.seriesRead.has(each))
    ? null
    : { error: state.seriesError, onRetry: () => void model.loadSeries(shownSeries) };
  const reading = readingAll ?? readingSeries;

  const { rates, failures, times, nodes } = useMemo(() => {
    if (subject.kind === 'side-by-side') {
      const linesOf = (of: 'requests' | 'failures' | PercentileMeasure) => seriesLines(model, keys, subject.series, stylesOf, of);
      return { rates: linesOf('requests'), failures: linesOf('failures'), times: linesOf(measure), nodes: nodeLines(model) };
    }
    const one = subject.kind === 'one' ? subject.series : null;
    const key = one === null ? undefined : keys[one];
    const style = key && stylesOf.get(seriesIdentity(key));
    return { rates: rateLines(model, one, style), failures: null, times: percentileLines(model, one), nodes: nodeLines(model) };
  }, [model, keys, stylesOf, subject, measure]);

  const startSeries = useCallback(() => {
    const known = model.getState().snapshot?.report.series ?? [];
    return busiestSeries(
      known.map(({ requests }) => requests),
      FIRST_SERIES,
    );
  }, [model]);

  const isIdle = useCallback((range: TimeRange) => !model.columns.hasRequests(range, null), [model]);
  const areIdle = useCallback(
    (range: TimeRange) => shownSeries.length > 0 && !shownSeries.some((each) => model.columns.hasRequests(range, each)),
    [model, shownSeries],
  );
  const isEmpty = subject.kind === 'all' ? isIdle : areIdle;

  const grid = useCallback(() => {
    const { firstSecond, length, heatCounts } = model.columns;
    return { firstSecond, length, counts: heatCounts };
  }, [model]);

  if (course === 'failed' && model.columns.length === 0) {
    return (
      <ErrorState
        title="The course of the run cannot be read"
        message={state.courseError ?? ''}
        onRetry={() => void model.load()}
      />
    );
  }
  if (course !== 'loading' && model.columns.length === 0) {
    return (
      <EmptyState icon={<ChartIcon />} title="No data yet">
        {state.running
          ? 'Charts begin with the first full second of the run.'
          : 'The run ended before its first second was over.'}
      </EmptyState>
    );
  }
  // Over the second chart of the first row, where there are two columns.
  const secondEvents = (
    <div className={styles.secondEvents}>
      <EventLane group={group} events={snapshot.events} isCopy />
    </div>
  );
  const heatTitle = subject.kind === 'all' ? 'Latency heat map' : 'Latency heat map, all series';
  return (
    <div className={styles.tab}>
      <ChartsToolbar
        group={group}
        keys={keys}
        styles={stylesOf}
        subject={subject}
        onSubject={setSubject}
        startSeries={startSeries}
        measure={measure}
        onMeasure={setMeasure}
        running={state.running}
        asTable={asTable}
        onAsTable={setAsTable}
        onShowWindow={onShowWindow}
      />
      {state.courseError && (
        <p className={styles.problem} role="alert">
          {state.courseError}
          <Button size="small" onClick={() => void model.load()}>
            Try again
          </Button>
        </p>
      )}
      {asTable && readingAll ? (
        <Spinner label="Reading the course of the run" />
      ) : asTable ? (
        <CourseTable model={model} group={group} columns={tableColumns(rates, failures, times, nodes, measure)} />
      ) : (
        <div className={styles.charts}>
          <div className={styles.cell}>
            <EventLane group={group} events={snapshot.events} />
            <TimeChart
              group={group}
              title={failures ? 'Requests' : 'Requests and failures'}
              unit="/s"
              lines={rates}
              backdrop={backdrop}
              reading={reading}
              isEmpty={isEmpty}
              height={150}
            />
          </div>
          {failures && (
            <div className={styles.cell}>
              {secondEvents}
              <TimeChart
                group={group}
                title="Failures"
                unit="/s"
                lines={failures}
                backdrop={backdrop}
                reading={reading}
                isEmpty={isEmpty}
                height={130}
              />
            </div>
          )}
          <div className={styles.cell}>
            {!failures && secondEvents}
            <TimeChart
              group={group}
              title={failures ? `Response times, ${measure}` : 'Response times'}
              unit="ms"
              lines={times}
              backdrop={backdrop}
              reading={reading}
              isEmpty={isEmpty}
              height={190}
            />
          </div>
          <div className={styles.cell}>
            <TimeChart group={group} title="Nodes" lines={nodes} backdrop={backdrop} reading={readingAll} whole height={110} />
          </div>
          <div className={styles.cell}>
            <HeatMap
              group={group}
              title={heatTitle}
              grid={grid}
              backdrop={backdrop}
              reading={readingAll}
              isEmpty={isIdle}
              height={180}
            />
          </div>
        </div>
      )}
      {!asTable && <ShadingKey hasLimited={model.columns.hasLimited()} />}
    </div>
  );
}

/** As in the table; of more series than can be told apart, those that are drawn first. */
function stylesFor(keys: readonly SeriesKey[], subject: ChartSubject): Map<string, SeriesStyle> {
  const drawn = keys.length > MOST_TOLD_APART ? seriesOf(subject).flatMap((series) => keys[series] ?? []) : [];
  return styleSeries([...drawn, ...keys]);
}

/** What was not in the run is not named, but its place stays: nothing moves when it comes. */
function ShadingKey({ hasLimited }: { hasLimited: boolean }) {
  return (
    <ul className={styles.key} aria-label="What lies behind the lines">
      <li>
        <span className={styles.ramp} aria-hidden="true" /> Nodes on their way up or down: not the steady phase
      </li>
      <li className={classNames(!hasLimited && styles.absent)}>
        <span className={styles.limited} aria-hidden="true" /> Generator overloaded: do not blame the backend
      </li>
    </ul>
  );
}

function tableColumns(
  rates: CourseColumn['line'][],
  failures: CourseColumn['line'][] | null,
  times: CourseColumn['line'][],
  nodes: CourseColumn['line'][],
  measure: PercentileMeasure,
): CourseColumn[] {
  const named = (lines: CourseColumn['line'][], suffix: string, format: CourseColumn['format'] = formatFigure) =>
    lines.map((line) => ({ header: line.label + suffix, line, format }));
  return [
    ...named(nodes, ' nodes', formatCount).reverse(),
    ...named(rates, failures ? ' requests/s' : ''),
    ...named(failures ?? [], ' failures/s'),
    ...named(times, failures ? ` ${measure}` : ''),
  ];
}
