import type { ExportFormat } from '../../../shared/api/run-exports';
import type { HistoryRow } from '../../../shared/api/types';

/** What of a row can be edited in its place. */
export type EditedField = 'name' | 'note';

/** What menu, keys and cells of a row bring about. Stable between renders. */
export interface RowCommands {
  open(row: HistoryRow): void;
  /** Enter or double click: compares what is selected, if that is two runs or more; else opens the run. */
  activate(row: HistoryRow): void;
  edit(row: HistoryRow, field: EditedField): void;
  edited(row: HistoryRow): EditedField | null;
  /** null: left as it was. */
  finishEdit(row: HistoryRow, field: EditedField, text: string | null): void;
  runAgain(row: HistoryRow): void;
  toggleBaseline(row: HistoryRow): void;
  /** Against the baseline of its scenario, or else the run before it, or else after it; null when there is none. */
  referenceFor(row: HistoryRow): HistoryRow | null;
  compareWith(row: HistoryRow, reference: HistoryRow): void;
  export(row: HistoryRow, format: ExportFormat): void;
  /** All that is selected, if the row is; else the row. */
  deleteFrom(row: HistoryRow): void;
}
