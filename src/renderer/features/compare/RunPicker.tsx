import { Pin } from 'lucide-react';
import type { HistoryRow } from '../../../shared/api/types';
import { formatClock, formatCount, formatShortMoment } from '../../ui/format';
import popup from '../../ui/popup.module.css';
import { SearchSelect } from '../../ui/SearchSelect';
import selectStyles from '../../ui/Select.module.css';
import styles from './RunPicker.module.css';

interface RunPickerProps {
  /** Spoken; the letter beside it says it too. */
  label: string;
  placeholder?: string;
  runs: readonly HistoryRow[];
  /** null: none yet. */
  value: number | null;
  onChange(id: number): void;
}

/** One of the runs, found by name, note, scenario, host or number. */
export function RunPicker({ label, placeholder = 'Pick a run', runs, value, onChange }: RunPickerProps) {
  const chosen = runs.find((run) => run.id === value) ?? null;
  return (
    <SearchSelect
      label={label}
      what="runs"
      items={runs}
      value={chosen}
      onChange={({ id }) => onChange(id)}
      keyOf={({ id }) => id}
      textOf={searchText}
      limit={100}
      empty="No run matches."
      triggerClassName={styles.trigger}
      renderItem={(run) => (
        <span className={selectStyles.texts}>
          <span className={styles.name}>
            {run.baseline && <Pin aria-label="Baseline" role="img" />}
            <span>{run.name}</span>
            <span className={styles.id}>#{run.id}</span>
          </span>
          <span className={popup.note}>
            {formatShortMoment(run.startedAt)}, {formatCount(run.nodes)} nodes, {formatClock(run.durationSeconds)}
            {run.note && ` – ${run.note}`}
          </span>
        </span>
      )}
    >
      {chosen ? (
        <span className={styles.name} title={chosen.name}>
          {chosen.baseline && <Pin aria-label="Baseline" role="img" />}
          <span className={selectStyles.value}>{chosen.name}</span>
          <span className={styles.id}>#{chosen.id}</span>
        </span>
      ) : (
        <span className={styles.placeholder}>{value === null ? placeholder : `Run ${value}`}</span>
      )}
    </SearchSelect>
  );
}

function searchText({ id, name, note, scenarioName, host }: HistoryRow): string {
  return `${name} #${id} ${note} ${scenarioName} ${host}`;
}
