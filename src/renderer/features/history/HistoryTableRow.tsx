import { Ellipsis } from 'lucide-react';
import { memo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { HistoryRow } from '../../../shared/api/types';
import { Checkbox } from '../../ui/Checkbox';
import { cellContent } from '../../ui/cell-content';
import { classNames } from '../../ui/class-names';
import type { DataColumn } from '../../ui/DataTable';
import tableStyles from '../../ui/DataTable.module.css';
import { ActiveRow } from './active-row';
import styles from './HistoryTable.module.css';
import { actionsLabel, RunMenu } from './RunMenu';
import type { EditedField, RowCommands } from './row-commands';

interface HistoryTableRowProps {
  row: HistoryRow;
  columns: readonly DataColumn<HistoryRow>[];
  /** Place in the whole list. */
  index: number;
  /** The one that the tab key reaches. */
  current: boolean;
  selected: boolean;
  /** Draws the row anew when its editing begins or ends. */
  editedField: EditedField | null;
  /** Distance from the top at which it stays; without: it scrolls. */
  stickyTop?: number;
  onFocusRow(index: number): void;
  onSelect(row: HistoryRow, range: boolean): void;
  commands: RowCommands;
}

/** A run in the history. What only a row in use needs (menu, tooltips) comes with the pointer or the focus. Drawn anew only when something of it has changed. */
export const HistoryTableRow = memo(function HistoryTableRow(props: HistoryTableRowProps) {
  const { row, columns, index, current, selected, stickyTop, onFocusRow, onSelect, commands } = props;
  const [hovered, setHovered] = useState(false);
  const menuCell = useRef<HTMLTableCellElement>(null);
  const active = current || hovered;
  return (
    <tr
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={selected}
      tabIndex={current ? 0 : -1}
      style={stickyTop === undefined ? undefined : { ['--sticky-top' as string]: `${stickyTop}px` }}
      className={classNames(tableStyles.row, styles.row, stickyTop !== undefined && styles.sticky)}
      onFocus={() => onFocusRow(index)}
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
      onClick={(event) => {
        if (event.shiftKey || event.ctrlKey || event.metaKey) onSelect(row, event.shiftKey);
      }}
      onDoubleClick={() => commands.activate(row)}
    >
      <td className={tableStyles.check}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: only keeps the modifier keys of a click for the checkbox */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard selects on the row */}
        <span onClick={(event) => event.stopPropagation()}>
          <Checkbox
            label={`Select ${row.name}, run ${row.id}`}
            labelHidden
            checked={selected}
            onChange={() => onSelect(row, false)}
          />
        </span>
      </td>
      <ActiveRow value={active}>
        {columns.map((column) => (
          <td key={column.id} className={classNames(column.numeric && tableStyles.numeric)}>
            {cellContent(column, row)}
          </td>
        ))}
      </ActiveRow>
      <td className={styles.menu} ref={menuCell}>
        {active ? (
          <RunMenu row={row} commands={commands} reachable={current} />
        ) : (
          <button
            type="button"
            aria-haspopup="menu"
            aria-label={actionsLabel(row)}
            tabIndex={-1}
            className={styles.dots}
            onClick={() => {
              // Pressed without a pointer, by assistive technology: the menu comes now, and opens.
              flushSync(() => setHovered(true));
              menuCell.current?.querySelector('button')?.click();
            }}
          >
            <Ellipsis aria-hidden="true" />
          </button>
        )}
      </td>
    </tr>
  );
});
