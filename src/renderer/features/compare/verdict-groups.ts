import type { MeasureComparison, RunComparison, SeriesComparison } from '../../../shared/stats/comparison';
import { AGGREGATED } from '../../../shared/stats/summary';
import type { Measure } from '../../../shared/stats/verdict';
import { relativeChange } from './change-text';

/** regressions: only what got worse. changes: worse or better. */
export type VerdictFilter = 'all' | 'changes' | 'regressions';

/** A line of the table of verdicts. */
export interface VerdictLine {
  measure: Measure | 'requestsPerSecond';
  label: string;
  /** Of A and B. */
  unit: string;
  a: number | null;
  b: number | null;
  change: number | null;
  low: number | null;
  high: number | null;
  changeUnit: MeasureComparison['unit'];
  /** null: for information, without a verdict. */
  verdict: MeasureComparison['verdict'] | null;
  /** Why there is not enough data; empty otherwise. */
  reason: string;
}

/** The lines of one series. */
export interface VerdictGroup {
  method: string;
  name: string;
  isAggregated: boolean;
  requests: SeriesComparison['requests'];
  lines: VerdictLine[];
}

const LABELS: Record<Measure, { label: string; unit: string }> = {
  median: { label: 'Median', unit: 'ms' },
  p95: { label: 'p95', unit: 'ms' },
  p99: { label: 'p99', unit: 'ms' },
  errorRate: { label: 'Error rate', unit: '%' },
};

/**
 * The table of verdicts, series by series in the order of the scenario; then those without any request, of which nothing can be said; Aggregated last.
 * Series without a line that passes are left out.
 */
export function verdictGroups({ rows }: Pick<RunComparison, 'rows'>, filter: VerdictFilter): VerdictGroup[] {
  return rows
    .map((row): VerdictGroup => {
      const { method, name, requests, requestsPerSecond: rate } = row;
      const lines = row.measures.map(lineOf);
      lines.push({
        measure: 'requestsPerSecond',
        label: 'Requests/s',
        unit: '/s',
        a: rate.a,
        b: rate.b,
        change: relativeChange(rate.a, rate.b),
        low: null,
        high: null,
        changeUnit: 'percent',
        verdict: null,
        reason: '',
      });
      const isAggregated = method === AGGREGATED.method && name === AGGREGATED.name;
      return { method, name, isAggregated, requests, lines: lines.filter((line) => passes(line, filter)) };
    })
    .filter(({ lines }) => lines.length > 0)
    .toSorted((one, other) => rank(one) - rank(other));
}

function rank({ isAggregated, requests }: VerdictGroup): number {
  return isAggregated ? 2 : Number(requests.a + requests.b === 0);
}

function lineOf(measure: MeasureComparison): VerdictLine {
  const { a, b, change, low, high, verdict, reason } = measure;
  return {
    measure: measure.measure,
    ...LABELS[measure.measure],
    a,
    b,
    change,
    low,
    high,
    changeUnit: measure.unit,
    verdict,
    reason,
  };
}

function passes({ verdict }: VerdictLine, filter: VerdictFilter): boolean {
  if (filter === 'all') return true;
  return verdict === 'regression' || (filter === 'changes' && verdict === 'improvement');
}
