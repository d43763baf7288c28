import { seriesLabel } from '../scenario/series';
import type { ComparedSide, MeasureComparison, SeriesComparison } from './comparison';
import { AGGREGATED } from './summary';
import type { Measure, Verdict } from './verdict';

/** How a measure is called in a sentence. */
export const MEASURE_NAMES: Record<Measure, string> = { median: 'median', p95: 'p95', p99: 'p99', errorRate: 'error rate' };

interface Finding {
  row: SeriesComparison;
  measure: MeasureComparison;
}

/** The outcome of a comparison in a sentence: its worst regression, else its best improvement, else that there was none. */
export function comparisonHeadline(a: ComparedSide, b: ComparedSide, rows: readonly SeriesComparison[]): string {
  const runs = { a: `run ${a.id}`, b: `Run ${b.id}` };
  const regressions = findings(rows, 'regression');
  const improvements = findings(rows, 'improvement');
  const [worst] = regressions;
  if (worst) {
    const how = worst.measure.measure === 'errorRate' ? 'fails more often' : 'is slower';
    return `${runs.b} ${how} than ${runs.a}: ${inWords(worst)}${others(regressions.length - 1, 'regression')}${others(improvements.length, 'improvement')}`;
  }
  const [best] = improvements;
  if (best) {
    const how = best.measure.measure === 'errorRate' ? 'fails less often' : 'is faster';
    return `${runs.b} ${how} than ${runs.a}: ${inWords(best)}${others(improvements.length - 1, 'improvement')}`;
  }
  const all = rows.flatMap(({ measures }) => measures);
  const count = (verdict: Verdict) => all.filter((measure) => measure.verdict === verdict).length;
  // That of all requests: a series that is never asked for after the ramp says nothing of the run.
  const reasonOf = (row: SeriesComparison | undefined) => row?.measures.find((measure) => measure.reason)?.reason;
  const reason = reasonOf(rows.find(isAggregated)) ?? reasonOf(rows.find((row) => reasonOf(row))) ?? '';
  if (count('not enough data') === all.length) return `${runs.b} cannot be compared with ${runs.a}: not enough data. ${reason}`;
  if (count('equivalent') === all.length) return `${runs.b} is equivalent to ${runs.a} in all ${all.length} measures.`;
  const open = count('inconclusive') + count('not enough data');
  return `${runs.b} shows no clear difference from ${runs.a}: ${count('equivalent')} measures are equivalent, ${open} are open.`;
}

/** What a change came to, with its interval: `+38 % (31 % to 46 %)`; empty without one. */
function formatChange({ unit, change, low, high }: MeasureComparison): string {
  if (change === null || low === null || high === null) return '';
  const sign = change > 0 ? '+' : '';
  if (unit === 'percent') return `${sign}${short(change)} % (${short(low)} % to ${short(high)} %)`;
  return `${sign}${short(change)} points (${short(low)} to ${short(high)})`;
}

/** Findings of one kind, the most telling first: single series before Aggregated, then by how far the change is from nothing. */
function findings(rows: readonly SeriesComparison[], verdict: Verdict): Finding[] {
  return rows
    .flatMap((row) => row.measures.map((measure) => ({ row, measure })))
    .filter(({ measure }) => measure.verdict === verdict)
    .sort((x, y) => Number(isAggregated(x.row)) - Number(isAggregated(y.row)) || weight(y.measure) - weight(x.measure));
}

/** Halving weighs as much as doubling; a point of errors as much as ten percent of latency. */
function weight({ unit, change }: MeasureComparison): number {
  if (change === null) return 0;
  return unit === 'points' ? Math.log1p(Math.abs(change) / 10) : Math.abs(Math.log1p(Math.max(change, -99.99) / 100));
}

function inWords({ row, measure }: Finding): string {
  const series = isAggregated(row) ? 'all requests' : seriesLabel(row);
  return `${MEASURE_NAMES[measure.measure]} of ${series} ${formatChange(measure)}`;
}

function isAggregated(row: SeriesComparison): boolean {
  return row.method === AGGREGATED.method && row.name === AGGREGATED.name;
}

function others(count: number, what: string): string {
  return count > 0 ? `; ${count} more ${what}${count === 1 ? '' : 's'}` : '';
}

/** A change to two digits that tell: 38, 3.8, 0.38; never a negative zero. */
export function roundedChange(value: number): number {
  return Number(twoDigits(value)) || 0;
}

function short(value: number): string {
  const text = twoDigits(value);
  if (Math.abs(value) >= 999.5) return Number(text).toLocaleString('en-US');
  return Number(text) === 0 ? '0' : text;
}

function twoDigits(value: number): string {
  const size = Math.abs(value);
  return value.toFixed(size >= 9.95 ? 0 : size >= 0.995 ? 1 : 2);
}
