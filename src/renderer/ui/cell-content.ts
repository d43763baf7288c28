import type { ReactNode } from 'react';
import type { DataColumn } from './DataTable';
import { formatCount, NO_VALUE } from './format';

/** What a cell of a column shows of a row. */
export function cellContent<Row>(column: DataColumn<Row>, row: Row): ReactNode {
  if (column.render) return column.render(row);
  const value = column.value(row);
  if (value === null) return NO_VALUE;
  return typeof value === 'number' ? formatCount(value) : value;
}
