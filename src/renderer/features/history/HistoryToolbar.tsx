import { GitCompareArrows, Trash2, X } from 'lucide-react';
import type { RefObject } from 'react';
import type { HistoryRow } from '../../../shared/api/types';
import { Button } from '../../ui/Button';
import { ColumnChooser } from '../../ui/ColumnChooser';
import type { DataColumn } from '../../ui/DataTable';
import { plural } from '../../ui/format';
import { IconButton } from '../../ui/IconButton';
import { Select } from '../../ui/Select';
import { TextField } from '../../ui/TextField';
import styles from './HistoryView.module.css';
import { type HistoryFilter, scenarioNames } from './history-filter';
import { historyActions } from './history-store';
import { STATUS_WORDS } from './run-status';

type StatusChoice = NonNullable<HistoryFilter['status']> | 'any';

const STATUS_OPTIONS: readonly { value: StatusChoice; label: string }[] = [
  { value: 'any', label: 'Any status' },
  ...Object.entries(STATUS_WORDS).map(([value, { word }]) => ({ value: value as StatusChoice, label: word })),
  { value: 'degraded', label: 'Degraded' },
];

/** No scenario is called so: names are not empty. */
const ANY_SCENARIO = '';

interface HistoryToolbarProps {
  rows: readonly HistoryRow[];
  filter: HistoryFilter;
  columns: readonly DataColumn<HistoryRow>[];
  hiddenColumns: readonly string[];
  onHiddenColumns(hidden: string[]): void;
  searchRef: RefObject<HTMLInputElement | null>;
}

/** Search and filters. */
export function HistoryToolbar({ rows, filter, columns, hiddenColumns, onHiddenColumns, searchRef }: HistoryToolbarProps) {
  const scenarios = scenarioNames(rows);
  return (
    <search className={styles.toolbar}>
      <TextField
        label="Search runs"
        labelPlace="hidden"
        type="search"
        placeholder="Search name, note, scenario, host"
        value={filter.text}
        onChange={(text) => historyActions.setFilter({ text })}
        inputRef={searchRef}
        className={styles.search}
      />
      <Select
        label="Scenario"
        labelPlace="hidden"
        value={filter.scenario ?? ANY_SCENARIO}
        options={[{ value: ANY_SCENARIO, label: 'All scenarios' }, ...scenarios.map((name) => ({ value: name, label: name }))]}
        onChange={(name) => historyActions.setFilter({ scenario: name === ANY_SCENARIO ? null : name })}
        className={styles.scenario}
      />
      <Select
        label="Status"
        labelPlace="hidden"
        value={filter.status ?? 'any'}
        options={STATUS_OPTIONS}
        onChange={(status) => historyActions.setFilter({ status: status === 'any' ? null : status })}
        className={styles.status}
      />
      <span className={styles.gap} />
      <ColumnChooser columns={columns} hidden={hiddenColumns} onChange={onHiddenColumns} />
    </search>
  );
}

interface SelectionBarProps {
  count: number;
  /** Why the selected runs cannot be deleted; null when they can. */
  deleteHindrance: string | null;
  onCompare(): void;
  onDelete(): void;
  onClear(): void;
}

/** What can be done with the runs selected. */
export function SelectionBar({ count, deleteHindrance, onCompare, onDelete, onClear }: SelectionBarProps) {
  return (
    <div className={styles.selection} role="toolbar" aria-label="Selected runs">
      <span role="status">{plural(count, 'run')} selected</span>
      <Button size="small" variant="primary" icon={<GitCompareArrows />} disabled={count < 2} onClick={onCompare}>
        Compare
      </Button>
      <Button
        size="small"
        icon={<Trash2 />}
        disabled={deleteHindrance !== null}
        title={deleteHindrance ?? undefined}
        onClick={onDelete}
      >
        Delete
      </Button>
      <IconButton label="Clear selection" icon={<X />} size="small" onClick={onClear} />
      {count < 2 && <span className={styles.hint}>Select one more to compare.</span>}
    </div>
  );
}
