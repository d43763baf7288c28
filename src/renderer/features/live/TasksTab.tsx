import { ListChecks } from 'lucide-react';
import { useMemo } from 'react';
import type { StretchReport } from '../../../shared/stats/report';
import type { RunRecord } from '../../../shared/stats/run';
import { useRowHeight } from '../../app/use-row-height';
import { classNames } from '../../ui/class-names';
import { type DataColumn, DataTable } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import { formatPercent } from '../../ui/format';
import { MANY_ROWS } from '../../ui/row-window';
import { type TaskShare, taskShares } from './model/task-shares';
import { TaskBars } from './TaskBars';
import styles from './TasksTab.module.css';

/** How often each task was executed, against how often it was to be. */
export function TasksTab({ report, record }: { report: StretchReport; record: RunRecord }) {
  const shares = useMemo(
    () => taskShares(report.tasks, record.scenario, record.options.nodes),
    [report.tasks, record.scenario, record.options.nodes],
  );
  const rowHeight = useRowHeight();
  if (shares.length === 0) {
    return (
      <EmptyState icon={<ListChecks />} title="No tasks">
        The node types of this scenario have no tasks. Add one in the editor.
      </EmptyState>
    );
  }
  return (
    <div className={styles.tab}>
      <DataTable<TaskShare>
        label="Tasks"
        columns={new Set(shares.map(({ nodeType }) => nodeType)).size > 1 ? COLUMNS : COLUMNS_OF_ONE}
        rows={shares}
        rowKey={({ key }) => key}
        columnsKey="run-tasks"
        toolbar={<span className={styles.note}>Executed tasks, compared with the weights.</span>}
        lineHeight={rowHeight}
        className={classNames(styles.table, shares.length > MANY_ROWS && styles.long)}
      />
      <TaskBars shares={shares} />
    </div>
  );
}

const COLUMNS: DataColumn<TaskShare>[] = [
  { id: 'nodeType', header: 'Node type', value: (row) => row.nodeType },
  { id: 'task', header: 'Task', value: (row) => row.task, required: true },
  {
    id: 'weight',
    header: 'Weight',
    description: 'As given in the scenario.',
    numeric: true,
    value: (row) => row.weight,
    render: (row) => String(row.weight),
  },
  {
    id: 'executed',
    header: 'Executed',
    description: 'How often the task was begun, in the whole run or in the stretch chosen in the charts.',
    numeric: true,
    value: (row) => row.executed,
  },
  ratio('expected', 'Expected', 'Weight over the sum of weights of the node type.'),
  ratio('actual', 'Actual', 'Share of all tasks that nodes of this type executed.'),
  ratio(
    'expectedOfAll',
    'Expected of all',
    'Share of the fleet times share within the node type, as if all node types had the same pace.',
  ),
  ratio('actualOfAll', 'Actual of all', 'Share of all tasks executed.'),
];
/** With one node type, its tasks are all there are. */
const COLUMNS_OF_ONE = COLUMNS.filter(({ id }) => !id.endsWith('OfAll'));

function ratio(
  id: 'expected' | 'actual' | 'expectedOfAll' | 'actualOfAll',
  header: string,
  description: string,
): DataColumn<TaskShare> {
  return { id, header, description, numeric: true, value: (row) => row[id], render: (row) => formatPercent(row[id]) };
}
