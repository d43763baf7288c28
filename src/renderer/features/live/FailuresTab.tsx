import { Check, ShieldCheck } from 'lucide-react';
import { useMemo, useRef } from 'react';
import { flushSync } from 'react-dom';
import type { ReportFailure, StretchReport } from '../../../shared/stats/report';
import type { RunRecord } from '../../../shared/stats/run';
import { visibleText } from '../../../shared/text/visible-text';
import { useRowHeight } from '../../app/use-row-height';
import { type DataColumn, DataTable } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import { formatClock, formatCount, formatMoment, formatShare } from '../../ui/format';
import { useKept } from '../../ui/kept-state';
import { SplitPane } from '../../ui/SplitPane';
import { FailureDetail } from './FailureDetail';
import styles from './FailuresTab.module.css';

interface FailuresTabProps {
  /** Of the whole run or of a stretch of it. */
  report: StretchReport;
  record: RunRecord;
}

/** What went wrong, how often; and behind each a panel with what was sent and what came back. */
export function FailuresTab({ report, record: { id, startedAt } }: FailuresTabProps) {
  const place = `run ${id} failures`;
  const [open, setOpen] = useKept<string | null>(`${place} open`, () => null);
  const frame = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight();
  const all = report.total.failures;
  const columns = useMemo(() => columnsFor(startedAt, all, setOpen), [startedAt, all, setOpen]);
  const chosen = report.failures.find((failure) => keyOf(failure) === open);
  if (report.failures.length === 0) {
    return (
      <EmptyState icon={report.total.requests > 0 ? <ShieldCheck /> : <Check />} title="No failures">
        Requests that fail are listed here with what was sent and what came back.
      </EmptyState>
    );
  }
  // The focus was in the panel, which goes; behind a panel that covers the table, its rows cannot have it before.
  const close = () => {
    const row = frame.current?.querySelector<HTMLElement>('tr[aria-current]');
    flushSync(() => setOpen(null));
    row?.focus();
  };
  return (
    <div ref={frame} className={styles.tab}>
      <SplitPane
        place="end"
        sideLabel="failure"
        initialWidth={480}
        minWidth={320}
        maxWidth={900}
        coversWhenNarrow
        side={chosen ? <FailureDetail key={keyOf(chosen)} failure={chosen} startedAt={startedAt} onClose={close} /> : null}
      >
        <DataTable<ReportFailure>
          label="Failures"
          columns={columns}
          rows={report.failures}
          rowKey={keyOf}
          initialSort={{ column: 'occurrences', descending: true }}
          searchLabel="Filter failures"
          columnsKey="run-failures"
          place={place}
          toolbar={
            <span className={styles.note}>
              {formatCount(report.total.failures)} of {formatCount(report.total.requests)} requests failed{' '}
              <span className={styles.share}>({formatShare(report.total.failures, report.total.requests)})</span>.
              {!chosen && ' Open one to see what was sent and what came back.'}
            </span>
          }
          lineHeight={rowHeight}
          onActivate={(failure) => setOpen(keyOf(failure))}
          isCurrent={(failure) => keyOf(failure) === open}
        />
      </SplitPane>
    </div>
  );
}

function keyOf({ method, name, error }: ReportFailure): string {
  return JSON.stringify([method, name, error]);
}

function columnsFor(startedAt: number, all: number, onOpen: (key: string) => void): DataColumn<ReportFailure>[] {
  const clock = (at: number) => <span title={formatMoment(at)}>{formatClock((at - startedAt) / 1000)}</span>;
  return [
    { id: 'method', header: 'Method', value: (row) => row.method, width: '72px' },
    { id: 'name', header: 'Name', value: (row) => row.name },
    {
      id: 'error',
      header: 'Error',
      description: 'What went wrong: the status, the trouble of the connection, or the expectation that was not met.',
      value: (row) => row.error,
      required: true,
      render: (row) => (
        <button type="button" className={styles.open} onClick={() => onOpen(keyOf(row))}>
          {visibleText(row.error)}
        </button>
      ),
    },
    {
      id: 'occurrences',
      header: 'Occurrences',
      description: 'How often it happened, in the whole run or in the stretch chosen in the charts.',
      numeric: true,
      value: (row) => row.occurrences,
    },
    {
      id: 'share',
      header: 'Share',
      description: 'Of all failures of the run, or of the stretch chosen in the charts.',
      numeric: true,
      value: (row) => row.occurrences,
      render: (row) => formatShare(row.occurrences, all),
    },
    {
      id: 'first',
      header: 'First',
      description: 'Time since the start of the run.',
      numeric: true,
      value: (row) => row.firstAt,
      render: (row) => clock(row.firstAt),
    },
    {
      id: 'last',
      header: 'Last',
      description: 'Time since the start of the run.',
      numeric: true,
      value: (row) => row.lastAt,
      render: (row) => clock(row.lastAt),
    },
  ];
}
