import type { Database, Statement } from 'better-sqlite3';
import { heatColumn } from '../../shared/stats/heat-column';
import { heatText } from '../../shared/stats/heat-text';
import type { SecondTables } from './second-tables';

/** Reads latency heat maps. That of all series is stored with each second; that of one is made from its histograms. */
export class HeatQuery {
  private readonly columns: Statement;
  private readonly seconds: SecondTables;

  constructor(db: Database, seconds: SecondTables) {
    this.columns = db.prepare('SELECT heat FROM seconds WHERE run_id = ? ORDER BY second').pluck();
    this.seconds = seconds;
  }

  /** A column for each stored second, as one text. `series` null: all together. */
  read(runId: number, series: number | null): string {
    const stored = series === null ? (this.columns.all(runId) as (string | null)[]) : [null];
    if (!stored.includes(null)) return heatText(stored as string[]);
    // Seconds of layout 1 have no column of their own.
    const seconds = this.seconds.readLatencies(runId, {}, (each) => series === null || each === series);
    return heatText(seconds.map((second) => JSON.stringify(heatColumn(second.series.map(({ latency }) => latency)))));
  }
}
