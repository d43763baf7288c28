import { isReliable, type StatisticsRow } from '../../shared/stats/summary';
import { printable } from './display-text';
import { countText, msText, NO_VALUE, rateText } from './number-text';
import type { Style } from './style';
import { type Cell, type Column, type RenderedTable, renderTable, type TableRow } from './table';

/** How a column of the statistics table is filled. `rank` says how soon it goes where the terminal is narrow. */
interface StatisticsColumn {
  header: string;
  rank?: number;
  reserve?: number;
  cell(row: StatisticsRow): Cell;
}

const COUNTED_COLUMNS: readonly StatisticsColumn[] = [
  { header: 'Requests', rank: 13, cell: (row) => countText(row.requests) },
  {
    header: 'Fails',
    cell: (row) => (row.failures > 0 ? { text: countText(row.failures), look: 'red' } : countText(row.failures)),
  },
  { header: 'Median', rank: 10, cell: (row) => timeCell(row.median, 50, row) },
  { header: '90 %ile', rank: 6, cell: (row) => timeCell(row.p90, 90, row) },
  { header: '95 %ile', cell: (row) => timeCell(row.p95, 95, row) },
  { header: '99 %ile', rank: 9, cell: (row) => timeCell(row.p99, 99, row) },
  { header: 'Average', rank: 5, cell: (row) => msText(row.average) },
  { header: 'Min', rank: 3, reserve: 6, cell: (row) => msText(row.min) },
  { header: 'Max', rank: 8, reserve: 6, cell: (row) => msText(row.max) },
  { header: 'Avg bytes', rank: 2, cell: (row) => (row.averageBytes === null ? NO_VALUE : countText(row.averageBytes)) },
  { header: 'RPS', reserve: 6, cell: (row) => rateText(row.rps) },
  { header: 'Failures/s', rank: 4, cell: (row) => rateText(row.failuresPerSecond) },
];

/**
 * The statistics table of measurement.md, section 4, with times in ms; the last row is Aggregated. `rps` and `failuresPerSecond` of the rows
 * are whatever the caller put there: current rates while a run is on, mean rates afterwards. A percentile of too few values is grey.
 */
export function statisticsTable(
  series: readonly StatisticsRow[],
  total: StatisticsRow,
  options: { width: number; style: Style; maxSeries?: number },
): RenderedTable {
  const columns: StatisticsColumn[] = [
    ...COUNTED_COLUMNS,
    // Where nothing was missed or aborted these are the first to go, otherwise among the last.
    { header: 'Missed', rank: total.missed > 0 ? 11 : 1, cell: (row) => warned(row.missed) },
    { header: 'Aborted', rank: total.aborted > 0 ? 7 : 0, cell: (row) => countText(row.aborted) },
  ];
  const layout: Column[] = [
    { header: 'Method', align: 'left', dropRank: 12 },
    { header: 'Name', align: 'left', minWidth: 12 },
    ...columns.map(({ header, rank, reserve }): Column => ({ header, align: 'right', dropRank: rank, reserve })),
  ];
  const rowOf = (row: StatisticsRow): TableRow => ({
    cells: [printable(row.method), printable(row.name), ...columns.map((column) => column.cell(row))],
  });
  const shown = series.slice(0, options.maxSeries ?? series.length);
  const rows = shown.map(rowOf);
  if (shown.length < series.length) rows.push({ cells: ['', `… ${series.length - shown.length} more`], look: 'dim' });
  rows.push({ ...rowOf(total), look: 'bold', ruled: true });
  return renderTable(layout, rows, options);
}

function timeCell(ms: number | null, percentile: number, row: StatisticsRow): Cell {
  const text = msText(ms);
  return isReliable(percentile, row.requests) ? text : { text, look: 'dim' };
}

function warned(count: number): Cell {
  return count > 0 ? { text: countText(count), look: 'yellow' } : countText(count);
}
