import type { MeasureComparison, RunComparison, SeriesComparison } from '../../shared/stats/comparison';
import { MEASURE_NAMES } from '../../shared/stats/comparison-headline';
import { toCsv } from './csv';

const HEADER = [
  'Run A',
  'Run B',
  'Method',
  'Name',
  'Measure',
  'Unit',
  'A',
  'B',
  'Change',
  'Change Low',
  'Change High',
  'Change Unit',
  'P Value',
  'Verdict',
  'Reason',
  'Requests A',
  'Requests B',
  'Requests/s A',
  'Requests/s B',
];

/**
 * The verdicts of a comparison: a row for each measure of each series, the last ones of Aggregated. Empty cells where there is no value.
 * Cells that a spreadsheet would take for a formula are neutralised as in the other CSV files.
 */
export function comparisonCsv(comparison: RunComparison): string {
  const rows = comparison.rows.flatMap((row) => row.measures.map((measure) => csvRow(comparison, row, measure)));
  return toCsv([HEADER, ...rows]);
}

function csvRow({ a, b }: RunComparison, series: SeriesComparison, measure: MeasureComparison): (string | number)[] {
  const isRate = measure.unit === 'points';
  return [
    a.id,
    b.id,
    series.method,
    series.name,
    MEASURE_NAMES[measure.measure],
    isRate ? '%' : 'ms',
    number(measure.a),
    number(measure.b),
    number(measure.change),
    number(measure.low),
    number(measure.high),
    isRate ? 'points' : '%',
    measure.pValue ?? '',
    measure.verdict,
    measure.reason,
    series.requests.a,
    series.requests.b,
    number(series.requestsPerSecond.a),
    number(series.requestsPerSecond.b),
  ];
}

function number(value: number | null): number | string {
  return value === null ? '' : Math.round(value * 1000) / 1000;
}
