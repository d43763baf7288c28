import { ArrowDown, ArrowUp } from 'lucide-react';
import { Checkbox } from './Checkbox';
import { classNames } from './class-names';
import type { DataColumn } from './DataTable';
import styles from './DataTable.module.css';
import { Tooltip } from './Tooltip';
import { VisuallyHidden } from './VisuallyHidden';

interface RowSelection {
  selected: ReadonlySet<string>;
  onChange(selected: ReadonlySet<string>): void;
  /** Of the rows shown. */
  allKeys: readonly string[];
}

interface DataTableHeaderProps<Row> {
  columns: readonly DataColumn<Row>[];
  sorting: { id: string; desc: boolean } | undefined;
  onSort(column: string): void;
  /** A checkbox for all rows. */
  selection?: RowSelection;
}

/** The head of a table: sorts by a press. */
export function DataTableHeader<Row>({ columns, sorting, onSort, selection }: DataTableHeaderProps<Row>) {
  const allKeys = selection?.allKeys ?? [];
  const chosen = allKeys.filter((key) => selection?.selected.has(key)).length;
  return (
    <thead>
      <tr>
        {selection && (
          <th scope="col" className={styles.check}>
            <Checkbox
              label="Select all rows"
              labelHidden
              checked={chosen > 0 && chosen === allKeys.length}
              indeterminate={chosen > 0 && chosen < allKeys.length}
              onChange={(all) => selection.onChange(new Set(all ? allKeys : []))}
            />
          </th>
        )}
        {columns.map((column) => {
          const sorted = sorting?.id === column.id ? (sorting.desc ? 'descending' : 'ascending') : undefined;
          const title = (
            <>
              {column.headerHidden ? <VisuallyHidden>{column.header}</VisuallyHidden> : column.header}
              {column.unit && <span className={styles.unit}>{column.unit}</span>}
            </>
          );
          const isSortable = column.sortable ?? true;
          return (
            <th
              key={column.id}
              scope="col"
              aria-sort={isSortable ? (sorted ?? 'none') : undefined}
              className={classNames(column.numeric && styles.numeric)}
              style={{ width: column.width, minWidth: column.minWidth }}
            >
              {isSortable ? (
                <Tooltip content={column.description}>
                  <button type="button" className={styles.sort} onClick={() => onSort(column.id)}>
                    {title}
                    {sorted === 'ascending' && <ArrowUp aria-hidden="true" />}
                    {sorted === 'descending' && <ArrowDown aria-hidden="true" />}
                  </button>
                </Tooltip>
              ) : (
                <Tooltip content={column.description}>
                  <span className={styles.plainHeader}>{title}</span>
                </Tooltip>
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
