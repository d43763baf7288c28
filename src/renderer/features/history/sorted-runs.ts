import {
  type ColumnDef,
  createSortedRowModel,
  rowPinningFeature,
  rowSortingFeature,
  sortFn_alphanumeric,
  sortFn_basic,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useMemo } from 'react';
import type { HistoryRow } from '../../../shared/api/types';
import type { DataColumn } from '../../ui/DataTable';
import type { HistorySorting } from './history-store';

const features = tableFeatures({
  rowPinningFeature,
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, basic: sortFn_basic },
});

/** The runs in the order they are shown. */
export interface SortedRuns {
  /** Baselines: always on top. */
  pinned: HistoryRow[];
  others: HistoryRow[];
}

/** Sorts by a column; baselines stay on top, sorted among themselves. Keep rows and columns stable between renders. */
export function useSortedRuns(
  rows: readonly HistoryRow[],
  columns: readonly DataColumn<HistoryRow>[],
  sorting: HistorySorting,
): SortedRuns {
  const definitions = useMemo(() => columns.map(definitionOf), [columns]);
  const baselines = useMemo(() => rows.filter((row) => row.baseline).map((row) => String(row.id)), [rows]);
  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: (row) => String(row.id),
    state: { sorting: [{ id: sorting.column, desc: sorting.descending }], rowPinning: { top: baselines, bottom: [] } },
  });
  return {
    pinned: table.getTopRows().map((row) => row.original),
    others: table.getCenterRows().map((row) => row.original),
  };
}

function definitionOf(column: DataColumn<HistoryRow>): ColumnDef<typeof features, HistoryRow> {
  return {
    id: column.id,
    accessorFn: (row) => column.value(row) ?? undefined,
    sortFn: column.numeric || column.id === 'startedAt' ? 'basic' : 'alphanumeric',
    sortUndefined: 'last',
  };
}
