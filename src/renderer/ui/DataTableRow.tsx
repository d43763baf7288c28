import { cellContent } from './cell-content';
import { classNames } from './class-names';
import type { DataColumn } from './DataTable';
import styles from './DataTable.module.css';

interface DataTableRowProps<Row> {
  row: Row;
  columns: readonly DataColumn<Row>[];
  onActivate?(): void;
  current?: boolean;
  /** Its place among the rows, from 0. */
  index?: number;
  /** For rows that the focus moves through. */
  focus?: { isTabStop: boolean; onFocus(index: number): void };
  footer?: boolean;
  /** Not all rows are drawn: it says which one it is. */
  isOfMany?: boolean;
}

/** A row of a table. */
export function DataTableRow<Row>(props: DataTableRowProps<Row>) {
  const { row, columns, onActivate, current, index = 0, focus, footer, isOfMany } = props;
  return (
    <tr
      data-index={focus ? index : undefined}
      tabIndex={focus ? (focus.isTabStop ? 0 : -1) : undefined}
      onFocus={focus ? () => focus.onFocus(index) : undefined}
      // The head is the first.
      aria-rowindex={isOfMany ? index + 2 : undefined}
      aria-current={current || undefined}
      onDoubleClick={onActivate}
      className={classNames(styles.row, footer && styles.footer)}
    >
      {columns.map((column) => (
        <td
          key={column.id}
          className={classNames(
            column.numeric && styles.numeric,
            isPlainText(column) && styles.text,
            column.minWidth !== undefined && styles.yielding,
          )}
          title={isPlainText(column) ? (column.value(row) ?? undefined)?.toString() : undefined}
        >
          {cellContent(column, row)}
        </td>
      ))}
    </tr>
  );
}

function isPlainText<Row>({ numeric, render }: DataColumn<Row>): boolean {
  return !numeric && !render;
}
