import { Pin } from 'lucide-react';
import { useContext } from 'react';
import type { HistoryRow } from '../../../shared/api/types';
import type { DataColumn } from '../../ui/DataTable';
import { formatClock, formatCount, formatExact, formatFigure, formatMoment, formatShare } from '../../ui/format';
import { Sparkline } from '../../ui/Sparkline';
import { Status } from '../../ui/Status';
import { VisuallyHidden } from '../../ui/VisuallyHidden';
import { ActiveRow } from './active-row';
import { EditableText } from './EditableText';
import styles from './HistoryTable.module.css';
import type { RowCommands } from './row-commands';
import { statusOf } from './run-status';

const thisYear = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
const anyYear = new Intl.DateTimeFormat(undefined, { year: 'numeric', month: 'short', day: 'numeric' });

/** Day and time; of another year the day with its year. The whole moment is in the tooltip. */
function startText(startedAt: number): string {
  const isThisYear = new Date(startedAt).getFullYear() === new Date().getFullYear();
  return (isThisYear ? thisYear : anyYear).format(startedAt);
}

const share = (row: HistoryRow) => (row.requests === 0 ? null : row.failures / row.requests);

/** The columns of the history. */
export function historyColumns(commands: RowCommands): DataColumn<HistoryRow>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      width: 'var(--name-width)',
      required: true,
      value: ({ name }) => name,
      render: (row) => <NameCell row={row} commands={commands} />,
    },
    {
      id: 'status',
      header: 'Status',
      width: 'var(--status-width)',
      value: (row) => statusOf(row).word,
      render: (row) => <StatusCell row={row} />,
    },
    {
      id: 'startedAt',
      header: 'Start',
      width: '126px',
      value: ({ startedAt }) => startedAt,
      render: ({ startedAt }) => <span title={formatMoment(startedAt)}>{startText(startedAt)}</span>,
    },
    { id: 'scenario', header: 'Scenario', width: '150px', initiallyHidden: true, value: ({ scenarioName }) => scenarioName },
    { id: 'host', header: 'Host', width: '180px', initiallyHidden: true, value: ({ host }) => host },
    {
      id: 'duration',
      header: 'Duration',
      description: 'Length of the run, in minutes and seconds.',
      width: '70px',
      numeric: true,
      value: ({ durationSeconds }) => durationSeconds,
      render: ({ durationSeconds }) => formatClock(durationSeconds),
    },
    {
      id: 'nodes',
      header: 'Nodes',
      description: 'Highest number of planned nodes.',
      width: '68px',
      numeric: true,
      value: ({ nodes }) => nodes,
    },
    {
      id: 'requests',
      header: 'Requests',
      description: 'Answered or failed, in the whole run.',
      width: '88px',
      numeric: true,
      value: ({ requests }) => requests,
    },
    {
      id: 'requestsPerSecond',
      header: 'Requests/s',
      description: 'Mean over the steady phase; the line is the course of the whole run.',
      width: 'var(--figure-width)',
      numeric: true,
      value: ({ requestsPerSecond }) => requestsPerSecond,
      render: (row) => (
        <Figure value={row.requestsPerSecond} spark={row.sparkRequests} label={`Requests per second of ${row.name} over time`} />
      ),
    },
    {
      id: 'p95',
      header: '95 %ile',
      unit: 'ms',
      description: '95 % of the requests of the steady phase took at most this long; the line is the course of the whole run.',
      width: 'var(--figure-width)',
      numeric: true,
      value: ({ p95Ms }) => p95Ms,
      render: (row) => <Figure value={row.p95Ms} spark={row.sparkP95} label={`95 %ile of ${row.name} over time`} />,
    },
    {
      id: 'failures',
      header: 'Failures',
      unit: '%',
      description: 'Failed requests in percent of all, in the whole run.',
      width: '82px',
      numeric: true,
      value: share,
      render: (row) => (
        <span
          className={row.failures > 0 ? styles.failing : undefined}
          title={`${formatCount(row.failures)} of ${formatCount(row.requests)}`}
        >
          {formatShare(row.failures, row.requests).replace(/ %$/, '')}
        </span>
      ),
    },
    { id: 'note', header: 'Note', value: ({ note }) => note, render: (row) => <NoteCell row={row} commands={commands} /> },
  ];
}

function StatusCell({ row }: { row: HistoryRow }) {
  const { word, tone, reason } = statusOf(row);
  const active = useContext(ActiveRow);
  return (
    <Status tone={tone} reason={active ? reason : undefined}>
      {word}
    </Status>
  );
}

function NameCell({ row, commands }: { row: HistoryRow; commands: RowCommands }) {
  if (commands.edited(row) === 'name') {
    return (
      <EditableText
        label={`Name of run ${row.id}`}
        initial={row.name}
        maxLength={200}
        required
        onDone={(text) => commands.finishEdit(row, 'name', text)}
      />
    );
  }
  return (
    <span className={styles.name}>
      {row.baseline && (
        <span className={styles.pin} title={`Baseline of “${row.scenarioName}”`}>
          <Pin aria-hidden="true" />
          <VisuallyHidden>Baseline</VisuallyHidden>
        </span>
      )}
      <button type="button" className={styles.open} dir="auto" title={row.name} onClick={() => commands.open(row)} tabIndex={-1}>
        {row.name}
      </button>
      <span className={styles.id}>#{row.id}</span>
    </span>
  );
}

function NoteCell({ row, commands }: { row: HistoryRow; commands: RowCommands }) {
  if (commands.edited(row) === 'note') {
    return (
      <span className={styles.noteInput}>
        <EditableText
          label={`Note on ${row.name}`}
          initial={row.note}
          maxLength={10_000}
          onDone={(text) => commands.finishEdit(row, 'note', text)}
        />
      </span>
    );
  }
  return (
    <button
      type="button"
      className={row.note === '' ? styles.noNote : styles.note}
      dir="auto"
      title={row.note}
      aria-label={row.note === '' ? `Add a note to ${row.name}` : `Edit the note on ${row.name}: ${row.note}`}
      onClick={() => commands.edit(row, 'note')}
      tabIndex={-1}
    >
      {row.note === '' ? 'Add a note' : row.note}
    </button>
  );
}

function Figure({ value, spark, label }: { value: number | null; spark: readonly (number | null)[]; label: string }) {
  return (
    <span className={styles.figure}>
      <Sparkline values={spark} label={label} width={40} height={16} />
      <span title={formatExact(value)} className={styles.value}>
        {formatFigure(value)}
      </span>
    </span>
  );
}
