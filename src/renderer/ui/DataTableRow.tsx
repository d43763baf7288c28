import { Checkbox } from './Checkbox';
import { cellContent } from './cell-content';
import { classNames } from './class-names';
import type { DataColumn } from './DataTable';
import styles from './DataTable.module.css';
import type { RowFocusProps } from './use-row-keys';

interface DataTableRowProps<Row> {
  row: Row;
  columns: readonly DataColumn<Row>[];
  label: string;
  /** undefined: cannot be selected. */
  selected?: boolean;
  onToggle?(): void;
  onActivate?(): void;
  current?: boolean;
  focus?: RowFocusProps;
  footer?: boolean;
  /** Its number in the table, the head being 1, where not all rows are drawn. */
  rowIndex?: number;
  /** Whether the other rows have a checkbox before their first cell. */
  hasSelection?: boolean;
}

/** A row of a table. */
export function DataTableRow<Row>(props: DataTableRowProps<Row>) {
  const { row, columns, label, selected, onToggle, onActivate, current, focus, footer, rowIndex, hasSelection } = props;
  return (
    <tr
      {...focus}
      aria-rowindex={rowIndex}
      aria-selected={selected}
      aria-current={current || undefined}
      onDoubleClick={onActivate}
      className={classNames(styles.row, footer && styles.footer)}
    >
      {onToggle && (
        <td className={styles.check}>
          <Checkbox label={`Select ${label}`} labelHidden checked={selected ?? false} onChange={onToggle} />
        </td>
      )}
      {hasSelection && <td className={styles.check} />}
      {columns.map((column) => (
        <td
          key={column.id}
          className={classNames(column.numeric && styles.numeric, isPlainText(column) && styles.text)}
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
