import type { Database, Statement } from 'better-sqlite3';
import type { RunSample } from '../../shared/stats/run-sample';

/** Raised when `RunSample` changes its shape or how it is drawn: samples of another format are drawn again from the seconds. */
const FORMAT = 2;

/** What ended runs have to say in a comparison, for either place, kept so that it need not be drawn again. Never the only place where a number is. */
export class RunSampleTable {
  private readonly selectSample: Statement;
  private readonly insertRow: Statement;
  private readonly deleteRow: Statement;

  constructor(db: Database) {
    this.selectSample = db.prepare('SELECT sample FROM run_samples WHERE run_id = ? AND format = ?').pluck();
    this.insertRow = db.prepare('INSERT OR REPLACE INTO run_samples (run_id, format, sample) VALUES (?, ?, ?)');
    this.deleteRow = db.prepare('DELETE FROM run_samples WHERE run_id = ?');
  }

  write(runId: number, sample: RunSample): void {
    this.insertRow.run(runId, FORMAT, JSON.stringify(sample));
  }

  /** null when there is none in this format. */
  read(runId: number): RunSample | null {
    const text = this.selectSample.get(runId, FORMAT) as string | undefined;
    return text === undefined ? null : (JSON.parse(text) as RunSample);
  }

  remove(runId: number): void {
    this.deleteRow.run(runId);
  }
}
