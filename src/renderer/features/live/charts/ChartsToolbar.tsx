import { ChartLine as ChartIcon, Sigma, Table2, ZoomOut } from 'lucide-react';
import { memo, useSyncExternalStore } from 'react';
import { type SeriesKey, seriesLabel } from '../../../../shared/scenario/series';
import type { ChartGroup } from '../../../charts/chart-group';
import type { SeriesStyle } from '../../../charts/series-color';
import { Button } from '../../../ui/Button';
import { formatClock } from '../../../ui/format';
import { LongSelect } from '../../../ui/LongSelect';
import { Select } from '../../../ui/Select';
import styles from './ChartsTab.module.css';
import { type ChartSubject, PERCENTILE_MEASURES, type PercentileMeasure } from './chart-lines';
import { SeriesPicker } from './SeriesPicker';

/** Keep the functions stable between renders: the run's figures change all the time, what is chosen here seldom does. */
export interface ChartsToolbarProps {
  group: ChartGroup;
  keys: readonly SeriesKey[];
  styles: ReadonlyMap<string, SeriesStyle>;
  subject: ChartSubject;
  onSubject(subject: ChartSubject): void;
  /** Series to begin with when several are to be seen side by side. */
  startSeries(): number[];
  measure: PercentileMeasure;
  onMeasure(measure: PercentileMeasure): void;
  running: boolean;
  asTable: boolean;
  onAsTable(asTable: boolean): void;
  onShowWindow(): void;
}

type Follow = 'all' | '60' | '300' | '900';

const FOLLOW: { value: Follow; label: string }[] = [
  { value: 'all', label: 'Since the start' },
  { value: '60', label: 'Last minute' },
  { value: '300', label: 'Last 5 minutes' },
  { value: '900', label: 'Last 15 minutes' },
];

/** What is drawn, over which time, and what to do with a stretch that is chosen. */
export const ChartsToolbar = memo(function ChartsToolbar(props: ChartsToolbarProps) {
  const {
    group,
    keys,
    styles: stylesOf,
    subject,
    onSubject,
    startSeries,
    measure,
    onMeasure,
    running,
    asTable,
    onAsTable,
  } = props;
  const { zoom, followSeconds } = useSyncExternalStore(group.subscribe, group.getState);
  const subjects = [
    { value: 'all', label: 'All series together' },
    ...(keys.length > 1 ? [{ value: 'side-by-side', label: 'Series side by side' }] : []),
    ...keys.map((key, series) => ({ value: String(series), label: seriesLabel(key) })),
  ];
  return (
    <div className={styles.toolbar} role="toolbar" aria-label="Charts">
      <LongSelect
        label="Charts of"
        what="series"
        value={subject.kind === 'one' ? String(subject.series) : subject.kind}
        options={subjects}
        onChange={(value) =>
          onSubject(
            value === 'all'
              ? { kind: 'all' }
              : value === 'side-by-side'
                ? { kind: 'side-by-side', series: startSeries() }
                : { kind: 'one', series: Number(value) },
          )
        }
        className={styles.subject}
      />
      {subject.kind === 'side-by-side' && (
        <>
          <SeriesPicker
            keys={keys}
            styles={stylesOf}
            chosen={subject.series}
            onChange={(series) => onSubject({ kind: 'side-by-side', series })}
          />
          <Select<PercentileMeasure>
            label="Response time"
            labelPlace="hidden"
            value={measure}
            options={PERCENTILE_MEASURES.map((value) => ({ value, label: value }))}
            onChange={onMeasure}
            className={styles.measure}
          />
        </>
      )}
      {running && !zoom && (
        <Select<Follow>
          label="Time"
          labelPlace="hidden"
          value={(followSeconds === null ? 'all' : String(followSeconds)) as Follow}
          options={FOLLOW}
          onChange={(value) => group.follow(value === 'all' ? null : Number(value))}
          className={styles.follow}
        />
      )}
      <span className={styles.gap} />
      <div role="status" className={styles.window}>
        {zoom ? (
          <span className={styles.range}>
            {formatClock(zoom.from)} to {formatClock(zoom.to)}
          </span>
        ) : (
          !asTable && <span className={styles.hint}>Drag over a chart to choose a stretch</span>
        )}
      </div>
      {zoom && (
        <>
          <Button icon={<Sigma />} onClick={props.onShowWindow}>
            Statistics of this stretch
          </Button>
          <Button icon={<ZoomOut />} onClick={() => group.zoomTo(null)}>
            Reset zoom
          </Button>
        </>
      )}
      <Button icon={asTable ? <ChartIcon /> : <Table2 />} onClick={() => onAsTable(!asTable)}>
        {asTable ? 'Show as charts' : 'Show as table'}
      </Button>
    </div>
  );
});
