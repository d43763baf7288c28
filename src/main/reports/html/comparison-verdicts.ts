import { seriesLabel } from '../../../shared/scenario/series';
import type { MeasureComparison, RunComparison, SeriesComparison } from '../../../shared/stats/comparison';
import { MEASURE_NAMES } from '../../../shared/stats/comparison-headline';
import type { Verdict } from '../../../shared/stats/verdict';
import { html, type Markup } from './markup';
import { decimal, whole } from './number-text';
import { type Column, table } from './table';

/** Sign and class of each verdict; the word always stands beside the sign. */
const VERDICTS: Record<Verdict, { sign: string; className: string }> = {
  regression: { sign: '▲', className: 'regression' },
  improvement: { sign: '▼', className: 'improvement' },
  equivalent: { sign: '=', className: 'equivalent' },
  inconclusive: { sign: '?', className: 'open' },
  'not enough data': { sign: '·', className: 'open' },
};

interface Row {
  series: SeriesComparison;
  measure: MeasureComparison;
  /** First of its series: the others leave method and name empty. */
  first: boolean;
}

/** The table of verdicts, what only one run has, and why some measures have no verdict. */
export function verdictsSection({ rows, onlyInA, onlyInB }: RunComparison): Markup {
  const lines = rows.flatMap((series) => series.measures.map((measure, place): Row => ({ series, measure, first: place === 0 })));
  const reasons = [...new Set(lines.map(({ measure }) => measure.reason).filter((reason) => reason !== ''))];
  return html`<section aria-labelledby="verdicts">
<h2 id="verdicts">Verdicts</h2>
<p class="note">Times in ms, error rates in percent of requests; steady, valid seconds only. The difference is from A to B with its 95 % interval. A difference is a regression or an improvement if it is beyond chance and beyond the margin that matters (5 % of the median; 10 % and 1 ms of p95 and p99; 0.1 points of the error rate).</p>
${table('Verdicts', COLUMNS, lines)}
${onlyInA.map((key) => html`<p class="note">Only in A: ${seriesLabel(key)}</p>\n`)}${onlyInB.map((key) => html`<p class="note">Only in B: ${seriesLabel(key)}</p>\n`)}${reasons.map((reason) => html`<p class="note">Not enough data: ${reason}</p>\n`)}</section>`;
}

const COLUMNS: readonly Column<Row>[] = [
  { title: 'Method', kind: 'word', cell: ({ series, first }) => (first ? series.method : '') },
  { title: 'Name', kind: 'text', cell: ({ series, first }) => (first ? series.name : '') },
  { title: 'Requests A', kind: 'number', cell: ({ series, first }) => (first ? whole(series.requests.a) : '') },
  { title: 'Requests B', kind: 'number', cell: ({ series, first }) => (first ? whole(series.requests.b) : '') },
  { title: 'Measure', kind: 'word', cell: ({ measure }) => MEASURE_NAMES[measure.measure] },
  { title: 'A', kind: 'number', cell: ({ measure }) => figure(measure, measure.a) },
  { title: 'B', kind: 'number', cell: ({ measure }) => figure(measure, measure.b) },
  { title: 'Difference', kind: 'number', cell: ({ measure }) => change(measure) },
  { title: '95 % interval', kind: 'number', cell: ({ measure }) => interval(measure) },
  {
    title: 'Verdict',
    kind: 'word',
    cell: ({ measure: { verdict } }) => {
      const { sign, className } = VERDICTS[verdict];
      return html`<span class="verdict ${className}">${sign} ${verdict}</span>`;
    },
  },
];

function figure({ unit }: MeasureComparison, value: number | null): string {
  if (value === null) return '–';
  if (unit === 'points') return `${decimal(value, 2)} %`;
  return decimal(value, value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2);
}

function change({ unit, change }: MeasureComparison): string {
  if (change === null) return '–';
  return unit === 'percent' ? `${signed(change, 1)} %` : `${signed(change, 2)} points`;
}

function interval({ unit, low, high }: MeasureComparison): string {
  if (low === null || high === null) return '–';
  const decimals = unit === 'percent' ? 1 : 2;
  return `${signed(low, decimals)} to ${signed(high, decimals)}`;
}

/** With its sign; what rounds to nothing has none. */
function signed(value: number, decimals: number): string {
  const text = decimal(Math.abs(value), decimals);
  if (Number(text) === 0) return text;
  return value > 0 ? `+${text}` : `−${text}`;
}
