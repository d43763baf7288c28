import type { Database, Statement } from 'better-sqlite3';
import type { ChartColumns } from './run-store';

/** second, nodes, valid, requests, failures, p50, p90, p95, p99 and max (us) */
type Row = [number, number, number, number | null, number | null, ...(number | null)[]];

/** Reads time charts from the narrow tables of seconds; no histogram is touched. */
export class ChartQuery {
  private readonly all: Statement;
  private readonly ofSeries: Statement;

  constructor(db: Database) {
    this.all = db
      .prepare(`
        SELECT second, nodes, valid, requests, failures, p50_us, p90_us, p95_us, p99_us, max_us
        FROM seconds WHERE run_id = $runId ORDER BY second`)
      .raw();
    // A second's requests may belong to two phases; its percentiles are the same in both rows.
    this.ofSeries = db
      .prepare(`
        SELECT s.second, s.nodes, s.valid, sum(d.completed + d.failed), sum(d.failed),
          max(d.p50_us), max(d.p90_us), max(d.p95_us), max(d.p99_us), max(d.max_us)
        FROM seconds s LEFT JOIN series_seconds d ON d.run_id = s.run_id AND d.second = s.second AND d.series = $series
        WHERE s.run_id = $runId GROUP BY s.second ORDER BY s.second`)
      .raw();
  }

  /** `series` null: all together. A second without requests has NaN for its percentiles. */
  read(runId: number, series: number | null): ChartColumns {
    const rows = (series === null ? this.all.all({ runId }) : this.ofSeries.all({ runId, series })) as Row[];
    const count = (column: number) => Float64Array.from(rows, (row) => row[column] ?? 0);
    const milliseconds = (column: number) => Float64Array.from(rows, (row) => (row[column] ?? Number.NaN) / 1000);
    return {
      second: count(0),
      nodes: count(1),
      valid: count(2),
      requests: count(3),
      failures: count(4),
      p50: milliseconds(5),
      p90: milliseconds(6),
      p95: milliseconds(7),
      p99: milliseconds(8),
      max: milliseconds(9),
    };
  }
}
