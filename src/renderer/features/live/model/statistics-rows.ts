import type { RunSnapshot, WindowStatistics } from '../../../../shared/api/types';
import { seriesIdentity } from '../../../../shared/scenario/series';
import type { ReportTable } from '../../../../shared/stats/report';
import type { CurrentRates, StatisticsRow } from '../../../../shared/stats/summary';

/** What stretch of the run a table is about. */
export type StatisticsScope = 'whole' | 'steady' | 'window';
/** Which of the two times of a request (docs/statistics.md, the four times of a request). */
export type TimeKind = 'latency' | 'responseFromSchedule';

/** A row as the table shows it: times of the chosen kind, ms. */
export interface ShownRow {
  key: string;
  method: string;
  name: string;
  requests: number;
  failures: number;
  median: number | null;
  p90: number | null;
  p95: number | null;
  p99: number | null;
  p999: number | null;
  average: number | null;
  min: number | null;
  max: number | null;
  averageBytes: number | null;
  rps: number;
  failuresPerSecond: number;
  /** null for a run that has ended and for a window. */
  currentRps: number | null;
  currentFailuresPerSecond: number | null;
  missed: number;
  aborted: number;
  connectMedian: number | null;
  connectP99: number | null;
}

export interface ShownTable {
  rows: ShownRow[];
  total: ShownRow;
}

/** The table of a scope; null when there is none (no steady phase yet, window not read). */
export function tableOf(
  snapshot: RunSnapshot,
  scope: StatisticsScope,
  window: WindowStatistics | null,
  kind: TimeKind,
): ShownTable | null {
  const table: ReportTable | null = scope === 'whole' ? snapshot.report : scope === 'steady' ? snapshot.report.steady : window;
  if (!table) return null;
  const current = scope === 'window' ? null : snapshot.current;
  return {
    rows: table.series.map((row, index) => shownRow(row, kind, current?.series[index] ?? null)),
    total: shownRow(table.total, kind, current?.total ?? null),
  };
}

function shownRow(row: StatisticsRow, kind: TimeKind, current: CurrentRates | null): ShownRow {
  const { method, name, requests, failures, missed, aborted, averageBytes, rps, failuresPerSecond, connect } = row;
  const times =
    kind === 'latency'
      ? { median: row.median, p90: row.p90, p95: row.p95, p99: row.p99, p999: row.p999, max: row.max }
      : row.responseFromSchedule;
  return {
    key: seriesIdentity({ method, name }),
    method,
    name,
    requests,
    failures,
    ...times,
    // Kept of latency only.
    average: kind === 'latency' ? row.average : null,
    min: kind === 'latency' ? row.min : null,
    averageBytes,
    rps,
    failuresPerSecond,
    currentRps: current?.requestsPerSecond ?? null,
    currentFailuresPerSecond: current?.failuresPerSecond ?? null,
    missed,
    aborted,
    connectMedian: connect.median,
    connectP99: connect.p99,
  };
}
