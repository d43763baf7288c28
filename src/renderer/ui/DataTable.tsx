import {
  type ColumnDef,
  type ColumnVisibilityState,
  columnFilteringFeature,
  columnVisibilityFeature,
  createFilteredRowModel,
  createSortedRowModel,
  filterFn_includesString,
  globalFilteringFeature,
  rowSortingFeature,
  type SortingState,
  sortFn_alphanumeric,
  sortFn_basic,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from 'react';
import { ColumnChooser } from './ColumnChooser';
import { classNames } from './class-names';
import styles from './DataTable.module.css';
import { DataTableHeader } from './DataTableHeader';
import { DataTableRow } from './DataTableRow';
import { readHiddenColumns, writeHiddenColumns } from './hidden-columns';
import { useKept } from './kept-state';
import { RowGap } from './RowGap';
import { MANY_ROWS, rowWindow } from './row-window';
import { TextField } from './TextField';
import { useCutEnd } from './use-cut-end';
import { useListKeys } from './use-list-keys';
import { useScrollView } from './use-scroll-view';

/** A column, independent of the table library. */
export interface DataColumn<Row> {
  id: string;
  header: string;
  /** The header is spoken, not seen: the cells say it themselves. */
  headerHidden?: boolean;
  /** Stands in the header: `ms`, `%`, `/s`. */
  unit?: string;
  /** Explains the column in one sentence. */
  description?: string;
  /** Sorted and searched by; shown as it is unless `render` is given. null: nothing, sorted last. */
  value(row: Row): string | number | null;
  render?(row: Row): ReactNode;
  /** Right-aligned with tabular figures. */
  numeric?: boolean;
  /** Hidden until chosen. */
  initiallyHidden?: boolean;
  /** Never hidden. */
  required?: boolean;
  sortable?: boolean;
  /** CSS width; by content without. */
  width?: string;
  /** Gives way to the others, down to `minWidth` (CSS): its texts are shortened before the table has to be moved sideways. With `width`, a share. */
  minWidth?: string;
}

export interface DataTableProps<Row> {
  /** Name of the table. */
  label: string;
  /** Keep it stable between renders (`useMemo`, or outside the component); so with `rows`. */
  columns: readonly DataColumn<Row>[];
  rows: readonly Row[];
  rowKey(row: Row): string;
  /** Stays in sight at the end: Aggregated. */
  footerRow?: Row;
  initialSort?: { column: string; descending: boolean };
  /** Shows a search field with this label. */
  searchLabel?: string;
  /** Shows the column chooser; what is chosen is remembered under this key. */
  columnsKey?: string;
  /** What its sort and its search are kept under while other views are shown (see `useKept`). */
  place?: string;
  /** At the start of the line above the table. */
  toolbar?: ReactNode;
  /** Double click, or Enter on the row: only with `lineHeight`. */
  onActivate?(row: Row): void;
  /** Marks a row. */
  isCurrent?(row: Row): boolean;
  /** Every row has one line, of this height in px: of many rows only those in view are drawn. */
  lineHeight?: number;
  /** Shown when there are no rows, or none is found. */
  empty?: ReactNode;
  className?: string;
}

const features = tableFeatures({
  columnFilteringFeature,
  columnVisibilityFeature,
  globalFilteringFeature,
  rowSortingFeature,
  filteredRowModel: createFilteredRowModel(),
  sortedRowModel: createSortedRowModel(),
  filterFns: { includesString: filterFn_includesString },
  sortFns: { alphanumeric: sortFn_alphanumeric, basic: sortFn_basic },
});
export type DataTableFeatures = typeof features;

/** Rows and columns: sorted by any column, searched, with sticky head and last row; arrow keys go from row to row. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowKey, footerRow, initialSort, searchLabel, columnsKey, place, toolbar } = props;
  const { onActivate, isCurrent, lineHeight, empty, className } = props;
  const [sorting, setSorting] = useKept<SortingState>(place && `${place} sort`, () =>
    initialSort ? [{ id: initialSort.column, desc: initialSort.descending }] : [],
  );
  const [columnVisibility, setColumnVisibility] = useState<ColumnVisibilityState>(() => {
    const hidden = readHiddenColumns(columnsKey) ?? columns.filter((column) => column.initiallyHidden).map(({ id }) => id);
    return Object.fromEntries(hidden.map((id) => [id, false]));
  });
  const [globalFilter, setGlobalFilter] = useKept(place && `${place} search`, () => '');

  const definitions = useMemo(() => columns.map((column) => definitionOf(column)), [columns]);
  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: rowKey,
    state: { sorting, columnVisibility, globalFilter },
    onSortingChange: (change) => setSorting(typeof change === 'function' ? change(sorting) : change),
    onColumnVisibilityChange: setColumnVisibility,
    onGlobalFilterChange: setGlobalFilter,
    globalFilterFn: 'includesString',
    getColumnCanGlobalFilter: () => true,
  });
  const shownRows = table.getRowModel().rows.map((row) => row.original);
  const shownColumns = columns.filter((column) => column.required || columnVisibility[column.id] !== false);
  const scroller = useRef<HTMLDivElement>(null);
  const view = useScrollView(scroller);
  const isCut = useCutEnd(scroller);
  const count = shownRows.length;
  const rowHeight = lineHeight ?? 0;
  const drawn =
    lineHeight !== undefined && count > MANY_ROWS
      ? rowWindow({ count, rowHeight, scrollTop: view.scrollTop, viewHeight: view.height })
      : null;
  const first = drawn?.from ?? 0;
  const keys = useListKeys({ scroller, count, rowHeight, onKey: pressOnRow });
  // One row can always be reached by the tab key: the current one, or the first in view when that is scrolled away.
  const isCurrentDrawn = !drawn || (keys.current >= drawn.from && keys.current < drawn.to);
  const tabStop = isCurrentDrawn ? keys.current : Math.floor(view.scrollTop / rowHeight);

  function pressOnRow(event: KeyboardEvent, index: number): boolean {
    const row = shownRows[index];
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.altKey || !row) return false;
    onActivate?.(row);
    return true;
  }

  const hasBar = Boolean(toolbar || searchLabel || columnsKey);
  return (
    <div className={classNames(styles.frame, className)}>
      {hasBar && (
        <div className={styles.bar}>
          <div className={styles.toolbar}>{toolbar}</div>
          {searchLabel && (
            <TextField
              label={searchLabel}
              labelPlace="hidden"
              placeholder={searchLabel}
              type="search"
              value={globalFilter}
              onChange={setGlobalFilter}
              className={styles.search}
            />
          )}
          {columnsKey && (
            <ColumnChooser
              columns={columns}
              hidden={columns.filter((column) => columnVisibility[column.id] === false).map(({ id }) => id)}
              onChange={(hidden) => {
                setColumnVisibility(Object.fromEntries(hidden.map((id) => [id, false])));
                writeHiddenColumns(columnsKey, hidden);
              }}
            />
          )}
        </div>
      )}
      <div className={classNames(styles.area, isCut && styles.cut)}>
        <div ref={scroller} className={styles.scroll} onScroll={view.onScroll}>
          <table
            aria-label={label}
            aria-rowcount={drawn ? count + 1 + Number(footerRow !== undefined) : undefined}
            role={onActivate ? 'grid' : undefined}
            className={styles.table}
            onKeyDown={onActivate ? keys.onKeyDown : undefined}
            onFocus={onActivate ? keys.onFocus : undefined}
          >
            <DataTableHeader columns={shownColumns} sorting={sorting[0]} onSort={(id) => table.getColumn(id)?.toggleSorting()} />
            <tbody>
              {drawn && <RowGap height={drawn.above} />}
              {(drawn ? shownRows.slice(drawn.from, drawn.to) : shownRows).map((row, index) => (
                <DataTableRow
                  key={rowKey(row)}
                  row={row}
                  columns={shownColumns}
                  onActivate={onActivate ? () => onActivate(row) : undefined}
                  current={isCurrent?.(row) ?? false}
                  index={first + index}
                  focus={onActivate ? { isTabStop: first + index === tabStop, onFocus: keys.setCurrent } : undefined}
                  isOfMany={drawn !== null}
                />
              ))}
              {drawn && <RowGap height={drawn.below} />}
            </tbody>
            {footerRow && (
              <tfoot>
                <DataTableRow row={footerRow} columns={shownColumns} footer />
              </tfoot>
            )}
          </table>
          {shownRows.length === 0 && (
            <div className={styles.empty}>
              {globalFilter === ''
                ? (empty ?? 'Nothing here yet.')
                : `Nothing contains “${globalFilter}”. Search for something else.`}
            </div>
          )}
        </div>
      </div>
    </div>
  );
}

function definitionOf<Row extends object>(column: DataColumn<Row>): ColumnDef<DataTableFeatures, Row> {
  return {
    id: column.id,
    header: column.header,
    accessorFn: (row) => column.value(row) ?? undefined,
    sortFn: column.numeric ? 'basic' : 'alphanumeric',
    sortDescFirst: column.numeric ?? false,
    sortUndefined: 'last',
    enableSorting: column.sortable ?? true,
  };
}
