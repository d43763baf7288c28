import type { ReportTable, RunReport } from '../../../shared/stats/report';
import type { RunData } from '../../../shared/stats/run';
import { isReliable, PERCENTILES, percentileList, type StatisticsRow } from '../../../shared/stats/summary';
import { html, type Markup } from './markup';
import { decimal, duration, whole } from './number-text';
import { type Column, table } from './table';

/** The statistics table, of the steady phase and of the whole run, percentiles, and times from the schedule. */
export function statisticsSection(data: RunData, report: RunReport): Markup {
  const { steady, phases } = report;
  const all = phases.ramp + phases.steady + phases.cooldown;
  const main = steady ?? report;
  const about = steady
    ? `Steady phase only (${duration(phases.steady)}): all nodes were up.`
    : `Whole run (${duration(all)}); there was no steady phase.`;
  return html`<section aria-labelledby="statistics">
<h2 id="statistics">Statistics</h2>
<p class="note">${about} Latency runs from the first byte sent to the last byte received. Grey: too few requests to rely on.</p>
${statisticsTable('Statistics', main)}
<h3>Percentiles of latency</h3>
${percentileTable(data, steady !== null)}
<h3>Response from schedule, and connecting</h3>
<p class="note">Response from schedule runs from the moment the request was due, so that a slow backend cannot hide by delaying the next request. Connect includes TLS.</p>
${scheduleTable(main)}
${
  steady === null
    ? null
    : html`<h3>Whole run</h3>
<p class="note">Ramp and cooldown included (${duration(all)}).</p>
${statisticsTable('Statistics of the whole run', report)}`
}
</section>`;
}

/** Decimals that tell the latencies of a table apart: more for fast backends. */
export function latencyDecimals({ median }: Pick<StatisticsRow, 'median'>): number {
  if (median === null || median >= 10) return 1;
  return median >= 1 ? 2 : 3;
}

const NAME_COLUMNS: readonly Column<StatisticsRow>[] = [
  { title: 'Method', kind: 'word', cell: ({ method }) => method },
  { title: 'Name', kind: 'text', cell: ({ name }) => name },
];

function statisticsTable(caption: string, { series, total }: ReportTable): Markup {
  const decimals = latencyDecimals(total);
  const time = (title: string, value: (row: StatisticsRow) => number | null, p?: number): Column<StatisticsRow> => ({
    title: `${title} (ms)`,
    kind: 'number',
    cell: (row) => decimal(value(row), decimals),
    faint: (row) => p !== undefined && row.requests > 0 && !isReliable(p, row.requests),
  });
  const columns: Column<StatisticsRow>[] = [
    ...NAME_COLUMNS,
    { title: 'Requests', kind: 'number', cell: ({ requests }) => whole(requests) },
    { title: 'Fails', kind: 'number', cell: ({ failures }) => whole(failures), bad: ({ failures }) => failures > 0 },
    time('Median', ({ median }) => median),
    time('90 %ile', ({ p90 }) => p90, 90),
    time('95 %ile', ({ p95 }) => p95, 95),
    time('99 %ile', ({ p99 }) => p99, 99),
    time('Average', ({ average }) => average),
    time('Min', ({ min }) => min),
    time('Max', ({ max }) => max),
    { title: 'Average size (bytes)', kind: 'number', cell: ({ averageBytes }) => whole(averageBytes) },
    { title: 'Requests/s', kind: 'number', cell: ({ rps }) => decimal(rps, 2) },
    { title: 'Failures/s', kind: 'number', cell: ({ failuresPerSecond }) => decimal(failuresPerSecond, 2) },
    { title: 'Missed', kind: 'number', cell: ({ missed }) => whole(missed), bad: ({ missed }) => missed > 0 },
    { title: 'Aborted', kind: 'number', cell: ({ aborted }) => whole(aborted) },
  ];
  return table(caption, columns, [...series, total], true);
}

interface PercentileRow {
  method: string;
  name: string;
  requests: number;
  values: (number | null)[];
}

function percentileTable({ series, totals }: RunData, steadyOnly: boolean): Markup {
  const phases = steadyOnly ? (['steady'] as const) : undefined;
  const rowOf = (method: string, name: string, index: number | null): PercentileRow => {
    const { latency } = totals.select(index, phases);
    return { method, name, requests: latency.count, values: percentileList(latency) };
  };
  const total = rowOf('', 'Aggregated', null);
  const decimals = latencyDecimals({ median: total.values[0] ?? null });
  const columns: Column<PercentileRow>[] = [
    { title: 'Method', kind: 'word', cell: ({ method }) => method },
    { title: 'Name', kind: 'text', cell: ({ name }) => name },
    ...PERCENTILES.map((p, i): Column<PercentileRow> => {
      return {
        title: `${p} % (ms)`,
        kind: 'number',
        cell: ({ values }) => decimal(values[i], decimals),
        faint: ({ requests }) => requests > 0 && !isReliable(p, requests),
      };
    }),
  ];
  const rows = series.map(({ method, name }, index) => rowOf(method, name, index));
  return table('Percentiles of latency', columns, [...rows, total], true);
}

function scheduleTable({ series, total }: ReportTable): Markup {
  const decimals = latencyDecimals(total);
  const response = (title: string, key: keyof StatisticsRow['responseFromSchedule'], p: number): Column<StatisticsRow> => ({
    title: `${title} (ms)`,
    kind: 'number',
    cell: (row) => decimal(row.responseFromSchedule[key], decimals),
    faint: (row) => row.requests > 0 && !isReliable(p, row.requests),
  });
  const columns: Column<StatisticsRow>[] = [
    ...NAME_COLUMNS,
    response('Median', 'median', 0),
    response('90 %ile', 'p90', 90),
    response('95 %ile', 'p95', 95),
    response('99 %ile', 'p99', 99),
    response('99.9 %ile', 'p999', 99.9),
    response('Max', 'max', 100),
    { title: 'Connect median (ms)', kind: 'number', cell: ({ connect }) => decimal(connect.median, decimals) },
    { title: 'Connect 99 %ile (ms)', kind: 'number', cell: ({ connect }) => decimal(connect.p99, decimals) },
  ];
  return table('Response from schedule and connect times', columns, [...series, total], true);
}
