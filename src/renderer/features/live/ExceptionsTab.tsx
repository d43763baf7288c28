import { CircleCheck } from 'lucide-react';
import { useMemo } from 'react';
import type { ReportException, StretchReport } from '../../../shared/stats/report';
import { visibleText } from '../../../shared/text/visible-text';
import { type DataColumn, DataTable } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import { formatClock, formatMoment } from '../../ui/format';
import styles from './ExceptionsTab.module.css';

/** Steps that could not be carried out: mistakes of the scenario rather than of the backend. */
export function ExceptionsTab({ report, startedAt }: { report: StretchReport; startedAt: number }) {
  const columns = useMemo(() => columnsFor(startedAt), [startedAt]);
  if (report.exceptions.length === 0) {
    return (
      <EmptyState icon={<CircleCheck />} title="No exceptions">
        Steps that could not be carried out are listed here: nothing was sent, or a value could not be taken out of the answer.
      </EmptyState>
    );
  }
  return (
    <DataTable<ReportException>
      label="Exceptions"
      columns={columns}
      rows={report.exceptions}
      rowKey={({ message, nodeType, task, step }) => JSON.stringify([message, nodeType, task, step])}
      initialSort={{ column: 'occurrences', descending: true }}
      searchLabel="Filter exceptions"
      columnsKey="run-exceptions"
      toolbar={<span className={styles.note}>Steps that could not be carried out. Look at them in the editor.</span>}
    />
  );
}

function columnsFor(startedAt: number): DataColumn<ReportException>[] {
  const clock = (at: number) => <span title={formatMoment(at)}>{formatClock((at - startedAt) / 1000)}</span>;
  return [
    {
      id: 'message',
      header: 'Message',
      value: (row) => row.message,
      required: true,
      render: (row) => <span className={styles.message}>{visibleText(row.message)}</span>,
    },
    { id: 'nodeType', header: 'Node type', value: (row) => row.nodeType },
    { id: 'task', header: 'Task', value: (row) => row.task },
    {
      id: 'step',
      header: 'Step',
      description: 'Its place in the task, counted from 1.',
      numeric: true,
      value: (row) => row.step + 1,
    },
    {
      id: 'occurrences',
      header: 'Occurrences',
      description: 'How often it happened, in the whole run or in the stretch chosen in the charts.',
      numeric: true,
      value: (row) => row.occurrences,
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
    {
      id: 'nodes',
      header: 'Nodes',
      description: 'The first nodes that it happened to.',
      sortable: false,
      value: (row) => row.nodes.join(', '),
      render: (row) => <span title={row.nodes.join(', ')}>{nodesText(row.nodes)}</span>,
    },
  ];
}

function nodesText(nodes: readonly number[]): string {
  return nodes.length > 6 ? `${nodes.slice(0, 6).join(', ')}, …` : nodes.join(', ');
}
