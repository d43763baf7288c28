import { didYouMean } from '../../../../shared/scenario/placeholder-suggestion';
import type { CsvTable } from '../../messages';
import type { Scope } from '../scope';
import { TaskException } from '../task-exception';
import type { GeneratorCompiler } from './compiled-generator';
import { takeTurn } from './turn';

/**
 * Cells of one column, always texts; a cell that a short row lacks is empty.
 * - `per-node`: node i has row i.
 * - `round-robin`: draw k of node i has row i + k * fleet size, so that the fleet goes through the file together and no two of its
 *   nodes meet in a row before the file ends (nodes that a live edit adds beyond the planned fleet do).
 * - `random`: any row.
 */
export const compileCsvColumn: GeneratorCompiler<'csvColumn'> = ({ file, column, pick, whenExhausted }, context) => {
  const table = context.csvTable(file);
  const { rows } = table;
  const count = rows.length;
  const cell = columnIndex(table, file, column);
  if (count === 0) throw new Error(`the CSV file "${file}" has no rows below its header`);

  const valueAt = (row: number) => {
    if (row >= count && whenExhausted === 'fail') {
      throw new TaskException(`the CSV file "${file}" is used up: it has ${count} rows`);
    }
    return rows[row % count]?.[cell] ?? '';
  };
  if (pick === 'random') return (scope: Scope) => valueAt(Math.floor(scope.random.float() * count));
  if (pick === 'per-node') return (scope: Scope) => valueAt(scope.node);
  const { fleetSize } = context;
  const state = context.allocateState();
  return (scope: Scope) => valueAt(scope.node + takeTurn(scope.state, state) * fleetSize);
};

function columnIndex(table: CsvTable, file: string, column: string): number {
  const index = table.columns.indexOf(column);
  if (index !== -1) return index;
  const suggestion = didYouMean(column, table.columns);
  const hint = suggestion === null ? `it has ${table.columns.join(', ')}` : `did you mean "${suggestion}"?`;
  throw new Error(`the CSV file "${file}" has no column "${column}"; ${hint}`);
}
