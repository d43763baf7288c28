import { Combobox } from '@base-ui/react/combobox';
import { Check, ChevronsUpDown, Pin } from 'lucide-react';
import type { HistoryRow } from '../../../shared/api/types';
import { classNames } from '../../ui/class-names';
import control from '../../ui/control.module.css';
import { formatClock, formatCount, formatShortMoment } from '../../ui/format';
import popup from '../../ui/popup.module.css';
import selectStyles from '../../ui/Select.module.css';
import searched from '../../ui/search-popup.module.css';
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
    <Combobox.Root
      items={runs}
      value={chosen}
      onValueChange={(run: HistoryRow | null) => run && onChange(run.id)}
      itemToStringLabel={searchText}
      isItemEqualToValue={(run: HistoryRow, other: HistoryRow) => run.id === other.id}
      limit={100}
      autoHighlight
    >
      <Combobox.Trigger aria-label={label} className={classNames(control.control, selectStyles.trigger, styles.trigger)}>
        {chosen ? (
          <span className={styles.name} title={chosen.name}>
            {chosen.baseline && <Pin aria-label="Baseline" role="img" />}
            <span className={selectStyles.value}>{chosen.name}</span>
            <span className={styles.id}>#{chosen.id}</span>
          </span>
        ) : (
          <span className={styles.placeholder}>{value === null ? placeholder : `Run ${value}`}</span>
        )}
        <Combobox.Icon className={selectStyles.icon}>
          <ChevronsUpDown />
        </Combobox.Icon>
      </Combobox.Trigger>
      <Combobox.Portal>
        <Combobox.Positioner align="start" sideOffset={4} className={popup.positioner}>
          <Combobox.Popup className={classNames(popup.popup, searched.popup)} aria-label={label}>
            <Combobox.Input
              placeholder="Search runs"
              aria-label="Search runs"
              className={classNames(control.control, searched.search)}
            />
            <Combobox.Empty>
              <div className={searched.empty}>No run matches.</div>
            </Combobox.Empty>
            <Combobox.List className={searched.list}>
              {(run: HistoryRow) => (
                <Combobox.Item key={run.id} value={run} className={classNames(popup.item, selectStyles.item)}>
                  <Combobox.ItemIndicator className={selectStyles.check}>
                    <Check />
                  </Combobox.ItemIndicator>
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
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}

function searchText({ id, name, note, scenarioName, host }: HistoryRow): string {
  return `${name} #${id} ${note} ${scenarioName} ${host}`;
}
