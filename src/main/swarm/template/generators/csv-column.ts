import { didYouMean } from '../../../../shared/scenario/placeholder-suggestion';
import { type CsvTable, type PackedTexts, packedText } from '../csv-table';
import type { Scope } from '../scope';
import { TaskException } from '../task-exception';
import type { GeneratorCompiler } from './compiled-generator';
import { takeTurn } from './turn';

/**
 * Cells of one column, always texts; a cell that a short row lacks is empty.
 * - `per-node`: node i of those that draw from the file (their node types have it in a variable or placeholder) has row i.
 * - `round-robin`: draw k of node i of n has row i + k * n, so that they go through the file together and no two of them
 *   meet in a row before the file ends (nodes that a live edit adds beyond the planned fleet do).
 * - `random`: any row.
 */
export const compileCsvColumn: GeneratorCompiler<'csvColumn'> = ({ file, column, pick, whenExhausted }, context) => {
  const table = context.csvTable(file);
  const count = table.rowCount;
  const cells = cellsOf(table, file, column);
  if (count === 0) throw new Error(`the CSV file "${file}" has no rows below its header`);

  const valueAt = (row: number) => {
    if (row >= count && whenExhausted === 'fail') {
      throw new TaskException(`the CSV file "${file}" is used up: it has ${count} rows`);
    }
    return packedText(cells, row % count);
  };
  if (pick === 'random') return (scope: Scope) => valueAt(Math.floor(scope.random.float() * count));
  const places = context.csvPlaces(file);
  if (pick === 'per-node') return (scope: Scope) => valueAt(places.placeOf(scope.node));
  const state = context.allocateState();
  return (scope: Scope) => valueAt(places.placeOf(scope.node) + takeTurn(scope.state, state) * places.nodes);
};

function cellsOf(table: CsvTable, file: string, column: string): PackedTexts {
  const cells = table.cells.get(column);
  if (cells) return cells;
  const suggestion = didYouMean(column, table.columns);
  const hint = suggestion === null ? `it has ${table.columns.join(', ')}` : `did you mean "${suggestion}"?`;
  throw new Error(`the CSV file "${file}" has no column "${column}"; ${hint}`);
}
