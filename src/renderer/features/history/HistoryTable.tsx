import { type KeyboardEvent, type MouseEvent, useCallback, useEffect, useMemo, useRef } from 'react';
import type { HistoryRow } from '../../../shared/api/types';
import type { DataColumn } from '../../ui/DataTable';
import tableStyles from '../../ui/DataTable.module.css';
import { DataTableHeader } from '../../ui/DataTableHeader';
import { RowGap } from '../../ui/RowGap';
import { rowWindow } from '../../ui/row-window';
import { HEAD_HEIGHT, useListKeys } from '../../ui/use-list-keys';
import { useScrollView } from '../../ui/use-scroll-view';
import styles from './HistoryTable.module.css';
import { HistoryTableRow } from './HistoryTableRow';
import { type HistorySorting, historyActions, useHistoryState } from './history-store';
import type { RowCommands } from './row-commands';
import { extendedTo, type RunSelection, toggled, toggledAll } from './run-selection';
import { useSortedRuns } from './sorted-runs';

/** More baselines than this scroll with the others: they would take the room of the list. */
const MAX_STICKY = 3;
/** Head of the menus at the end of the rows. */
const ACTIONS_COLUMN: DataColumn<HistoryRow> = {
  id: 'actions',
  header: 'Actions',
  headerHidden: true,
  sortable: false,
  width: '44px',
  value: () => null,
};

interface HistoryTableProps {
  /** Filtered. */
  rows: readonly HistoryRow[];
  columns: readonly DataColumn<HistoryRow>[];
  rowHeight: number;
  sorting: HistorySorting;
  selection: RunSelection;
  /** What is done with a row, by menu and keys. */
  commands: RowCommands;
}

/** The table of runs: baselines on top, only the rows in view are drawn, everything by keyboard. */
export function HistoryTable({ rows, columns, rowHeight, sorting, selection, commands }: HistoryTableProps) {
  const { pinned, others } = useSortedRuns(rows, columns, sorting);
  const scroller = useRef<HTMLDivElement>(null);
  const view = useScrollView(scroller);
  const order = useMemo(() => [...pinned, ...others].map((row) => row.id), [pinned, others]);
  const fixed = pinned.length <= MAX_STICKY ? pinned.length : 0;
  const listed = fixed > 0 ? others : [...pinned, ...others];
  const { from, to, above, below } = rowWindow({
    count: listed.length,
    rowHeight,
    scrollTop: view.scrollTop,
    viewHeight: view.height,
  });
  const rowAt = (index: number) => (index < fixed ? pinned[index] : listed[index - fixed]);

  const extend = (index: number) => {
    const row = rowAt(index);
    if (row) historyActions.setSelection(extendedTo(selection, row.id, order));
  };
  const keys = useListKeys({
    scroller,
    count: order.length,
    fixed,
    rowHeight,
    onExtend: extend,
    onKey: (event, index) => {
      const row = rowAt(index);
      return row ? pressOnRow(event, row, index) : false;
    },
  });

  function pressOnRow(event: KeyboardEvent, row: HistoryRow, index: number): boolean {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a') {
      historyActions.setSelection(toggledAll({ ids: new Set(), anchor: null }, order));
      return true;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    switch (event.key) {
      case ' ':
        if (event.shiftKey) extend(index);
        else historyActions.setSelection(toggled(selection, row.id));
        return true;
      case 'Enter':
        commands.activate(row);
        return true;
      case 'F2':
        commands.edit(row, 'name');
        return true;
      case 'Delete':
        commands.deleteFrom(row);
        return true;
      case 'Escape':
        if (selection.ids.size === 0) return false;
        historyActions.setSelection({ ids: new Set(), anchor: null });
        return true;
      case 'ContextMenu':
      case 'F10':
        if (event.key === 'F10' && !event.shiftKey) return false;
        openMenu(event.target as HTMLElement);
        return true;
      default:
        return false;
    }
  }

  const { focusRow } = keys;
  const awaited = useHistoryState((state) => state.awaited);
  useEffect(() => {
    const index = awaited === null ? -1 : order.indexOf(awaited);
    if (index === -1) return;
    historyActions.await(null);
    focusRow(index);
  }, [awaited, order, focusRow]);

  // One row can always be reached by the tab key: the current one, or the first in view when that is scrolled away.
  const isDrawn = keys.current < fixed || (keys.current - fixed >= from && keys.current - fixed < to);
  const tabStop = isDrawn ? keys.current : fixed + Math.floor(view.scrollTop / rowHeight);

  const latest = useRef({ selection, order });
  latest.current = { selection, order };
  const select = useCallback((row: HistoryRow, range: boolean) => {
    const { selection: now, order: shown } = latest.current;
    historyActions.setSelection(range ? extendedTo(now, row.id, shown) : toggled(now, row.id));
  }, []);

  const propsOf = (row: HistoryRow, index: number) => ({
    row,
    columns,
    index,
    current: index === tabStop,
    selected: selection.ids.has(row.id),
    editedField: commands.edited(row),
    onFocusRow: keys.setCurrent,
    onSelect: select,
    commands,
  });

  return (
    <div ref={scroller} className={styles.scroller} onScroll={view.onScroll}>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows can be moved through, chosen and opened, which makes it a grid
        role="grid"
        aria-label="Runs"
        aria-multiselectable="true"
        aria-rowcount={order.length + 1}
        className={`${tableStyles.table} ${styles.table}`}
        onKeyDown={keys.onKeyDown}
        onFocus={keys.onFocus}
        onContextMenu={(event) => openMenuAt(event)}
      >
        <DataTableHeader
          columns={[...columns, ACTIONS_COLUMN]}
          sorting={{ id: sorting.column, desc: sorting.descending }}
          onSort={(column) => historyActions.setSorting(nextSorting(sorting, column, columns))}
          selection={{
            selected: new Set([...selection.ids].map(String)),
            onChange: () => historyActions.setSelection(toggledAll(selection, order)),
            allKeys: order.map(String),
          }}
        />
        {fixed > 0 && (
          <tbody aria-label="Baselines">
            {pinned.map((row, index) => (
              <HistoryTableRow key={row.id} {...propsOf(row, index)} stickyTop={HEAD_HEIGHT + index * rowHeight} />
            ))}
          </tbody>
        )}
        <tbody>
          <RowGap height={above} />
          {listed.slice(from, to).map((row, index) => (
            <HistoryTableRow key={row.id} {...propsOf(row, fixed + from + index)} />
          ))}
          <RowGap height={below} />
        </tbody>
      </table>
    </div>
  );
}

/** The first press sorts numbers from the top and texts from A; the next one turns it round. */
function nextSorting(now: HistorySorting, column: string, columns: readonly DataColumn<HistoryRow>[]): HistorySorting {
  if (now.column === column) return { column, descending: !now.descending };
  return { column, descending: column === 'startedAt' || Boolean(columns.find(({ id }) => id === column)?.numeric) };
}

/** The menu opens at its button, wherever the row was pressed. */
function openMenu(row: HTMLElement): void {
  row.querySelector<HTMLElement>('button[aria-haspopup="menu"]')?.click();
}

function openMenuAt(event: MouseEvent): void {
  const row = (event.target as HTMLElement).closest<HTMLElement>('tr[data-index]');
  if (!row || event.target instanceof HTMLInputElement) return;
  event.preventDefault();
  openMenu(row);
}
