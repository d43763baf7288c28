import type { Database, Statement } from 'better-sqlite3';
import type { Phase } from '../../shared/stats/frame';
import { MAX_REASONS } from '../../shared/stats/validity';
import type { ChartColumns } from './run-store';

/** second, phase, length, nodes, planned nodes, valid, requests, failures, p50, p90, p95, p99, max and lag p99 (us) */
type Row = [number, Phase, number, number, number, number, ...(number | null)[]];

/** Reads time charts from the narrow tables of seconds; no histogram is touched. */
export class ChartQuery {
  private readonly all: Statement;
  private readonly ofSeries: Statement;
  private readonly newestReasons: Statement;

  constructor(db: Database) {
    this.all = db
      .prepare(`
        SELECT second, phase, length_seconds, nodes, planned_nodes, valid, requests, failures, p50_us, p90_us, p95_us, p99_us, max_us, lag_p99_us
        FROM seconds WHERE run_id = $runId ORDER BY second`)
      .raw();
    this.newestReasons = db
      .prepare(`
        SELECT second, reasons FROM seconds WHERE run_id = $runId AND valid = 0 AND reasons IS NOT NULL
        ORDER BY second DESC LIMIT ${MAX_REASONS}`)
      .raw();
    // A second's requests may belong to two phases; its percentiles are the same in both rows.
    this.ofSeries = db
      .prepare(`
        SELECT s.second, s.phase, s.length_seconds, s.nodes, s.planned_nodes, s.valid, sum(d.completed + d.failed), sum(d.failed),
          max(d.p50_us), max(d.p90_us), max(d.p95_us), max(d.p99_us), max(d.max_us), s.lag_p99_us
        FROM seconds s LEFT JOIN series_seconds d ON d.run_id = s.run_id AND d.second = s.second AND d.series = $series
        WHERE s.run_id = $runId GROUP BY s.second ORDER BY s.second`)
      .raw();
  }

  /** `series` null: all together. A second without requests has NaN for its percentiles. */
  read(runId: number, series: number | null): ChartColumns {
    const rows = (series === null ? this.all.all({ runId }) : this.ofSeries.all({ runId, series })) as Row[];
    // A day has a million cells: `Float64Array.from` would take four times as long.
    const filled = (column: number, missing: number, unit: number) => {
      const values = new Float64Array(rows.length);
      for (let at = 0; at < rows.length; at++) values[at] = Number((rows[at] as Row)[column] ?? missing) / unit;
      return values;
    };
    const count = (column: number) => filled(column, 0, 1);
    const milliseconds = (column: number) => filled(column, Number.NaN, 1000);
    return {
      second: count(0),
      phase: rows.map(([, phase]) => phase),
      lengthSeconds: count(2),
      nodes: count(3),
      plannedNodes: count(4),
      valid: count(5),
      requests: count(6),
      failures: count(7),
      p50: milliseconds(8),
      p90: milliseconds(9),
      p95: milliseconds(10),
      p99: milliseconds(11),
      max: milliseconds(12),
      scheduleLagP99: milliseconds(13),
      reasons: series === null && rows.some(([, , , , , valid]) => valid === 0) ? this.reasons(runId) : [],
    };
  }

  private reasons(runId: number): ChartColumns['reasons'] {
    const rows = this.newestReasons.all({ runId }) as [number, string][];
    return rows.reverse().map(([second, reasons]) => [second, JSON.parse(reasons) as string[]]);
  }
}
