import { RotateCcw, X } from 'lucide-react';
import { useMemo } from 'react';
import type { RunSnapshot } from '../../../../shared/api/types';
import { useAction } from '../../../app/use-action';
import { useRowHeight } from '../../../app/use-row-height';
import { styleSeries } from '../../../charts/series-color';
import { Button } from '../../../ui/Button';
import { DataTable } from '../../../ui/DataTable';
import { EmptyState, ErrorState } from '../../../ui/EmptyState';
import { formatClock, plural } from '../../../ui/format';
import { Select } from '../../../ui/Select';
import { Spinner } from '../../../ui/Spinner';
import { Tooltip } from '../../../ui/Tooltip';
import { type ShownRow, type StatisticsScope, type TimeKind, tableOf } from '../model/statistics-rows';
import { stretchText } from '../model/stretch-text';
import type { RunStretch } from '../use-run-stretch';
import styles from './StatisticsTab.module.css';
import { statisticsColumns } from './statistics-columns';

export interface StatisticsTabProps {
  snapshot: RunSnapshot;
  running: boolean;
  stretch: RunStretch;
  kind: TimeKind;
  onKind(kind: TimeKind): void;
}

const KINDS: { value: TimeKind; label: string; description: string }[] = [
  {
    value: 'latency',
    label: 'Latency',
    description: 'From the first byte sent to the last byte received: what the backend took.',
  },
  {
    value: 'responseFromSchedule',
    label: 'Response from schedule',
    description: 'From when the request was due to the last byte received: what a user of the backend felt.',
  },
];

/** The statistics table: of the whole run, of the steady phase, or of the window that is chosen in the charts. */
export function StatisticsTab({ snapshot, running, stretch, kind, onKind }: StatisticsTabProps) {
  const { scope, phase, window, reading } = stretch;
  const { report, record, series } = snapshot;
  // The current rates are of the run's end, not of a window.
  const showsCurrent = running && scope !== 'window';
  // The series of a run never change; their list is a new one with every second.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const colors = useMemo(() => styleSeries(series), [record.id]);
  const columns = useMemo(() => statisticsColumns(colors, kind, showsCurrent), [colors, kind, showsCurrent]);
  const table = useMemo(() => tableOf(snapshot, scope, reading.data, kind), [snapshot, scope, reading.data, kind]);
  const reset = useAction('run.resetStatistics');
  const rowHeight = useRowHeight();

  const scopes: { value: StatisticsScope; label: string; description?: string }[] = [
    { value: 'whole', label: 'Whole run', description: 'Ramp and cooldown included.' },
    { value: 'steady', label: 'Steady phase', description: 'From when all planned nodes are up until they stop.' },
    ...(window
      ? [
          {
            value: 'window' as const,
            label: `${formatClock(window.from)} to ${formatClock(window.to)}`,
            description: 'Chosen in the charts, in whatever phases it lies.',
          },
        ]
      : []),
  ];
  const toolbar = (
    <>
      <Select<StatisticsScope>
        label="Statistics of"
        labelPlace="hidden"
        value={scope}
        options={scopes}
        onChange={stretch.show}
        className={styles.scope}
      />
      <Select<TimeKind>
        label="Time shown"
        labelPlace="hidden"
        value={kind}
        options={KINDS}
        onChange={onKind}
        className={styles.kind}
      />
      {scope === 'window' && (
        <Button size="small" icon={<X />} onClick={stretch.clear}>
          {phase === 'steady' ? 'Back to steady phase' : 'Back to whole run'}
        </Button>
      )}
      {running && (
        <Tooltip content="Resets the statistics shown; the stored run is not affected.">
          <Button size="small" variant="ghost" icon={<RotateCcw />} disabled={reset.hindrance !== null} onClick={reset.run}>
            {reset.label}
          </Button>
        </Tooltip>
      )}
      <span className={styles.note}>{scopeNote(stretch, snapshot)}</span>
    </>
  );

  if (scope === 'window' && reading.error) {
    return (
      <>
        <div className={styles.bar}>{toolbar}</div>
        <ErrorState title="The window cannot be summed up" message={reading.error} onRetry={reading.reload} />
      </>
    );
  }
  if (!table) {
    return (
      <>
        <div className={styles.bar}>{toolbar}</div>
        {scope === 'window' ? (
          <Spinner label="Summing up the window" />
        ) : (
          <EmptyState title="No steady phase yet" actions={<Button onClick={() => stretch.show('whole')}>Show whole run</Button>}>
            {running
              ? 'It begins once all planned nodes are up. Until then the whole run can be seen.'
              : `The run ended before all ${plural(record.options.nodes, 'planned node')} were up.`}
          </EmptyState>
        )}
      </>
    );
  }
  const isEmpty = report.total.requests === 0 && scope !== 'window';
  return (
    <DataTable<ShownRow>
      key={showsCurrent ? 'live' : 'stored'}
      label="Statistics by request"
      columns={columns}
      rows={table.rows}
      rowKey={rowKey}
      footerRow={table.total}
      searchLabel="Filter requests"
      columnsKey={showsCurrent ? 'live-statistics' : 'run-statistics'}
      place={`run ${record.id} statistics`}
      toolbar={toolbar}
      lineHeight={rowHeight}
      className={styles.table}
      empty={isEmpty ? 'The scenario sends no requests: add one to a task in the editor.' : 'No requests in this stretch.'}
    />
  );
}

function rowKey(row: ShownRow): string {
  return row.key;
}

function scopeNote({ scope, reading }: RunStretch, { report }: RunSnapshot): string {
  const { ramp, steady, cooldown } = report.phases;
  if (scope === 'whole') return `${formatClock(ramp + steady + cooldown)} with ramp and cooldown`;
  if (scope === 'steady') return `${formatClock(steady)} without ramp and cooldown`;
  return reading.data ? stretchText(reading.data.phases) : '';
}
