import type { Database, Statement } from 'better-sqlite3';
import type { SparseHistogram } from '../../shared/stats/histogram';
import { RunTotals, type RunTotalsData } from '../../shared/stats/totals';
import { packHistograms, unpackHistograms } from './histogram-pack';

/** Raised when `RunTotalsData` changes its shape: totals of another format are summed up again from the seconds. */
const FORMAT = 1;

/** Takes the place of a histogram in the JSON of a run's totals: its number in the pack. */
interface HistogramReference {
  histogram: number;
}

/** Totals of ended runs, kept so that they need not be summed up again. Never the only place where a number is. */
export class RunTotalsTable {
  private readonly selectRow: Statement;
  private readonly insertRow: Statement;
  private readonly deleteRow: Statement;

  constructor(db: Database) {
    this.selectRow = db.prepare('SELECT figures, histograms FROM run_totals WHERE run_id = ? AND format = ?');
    this.insertRow = db.prepare('INSERT OR REPLACE INTO run_totals (run_id, format, figures, histograms) VALUES (?, ?, ?, ?)');
    this.deleteRow = db.prepare('DELETE FROM run_totals WHERE run_id = ?');
  }

  write(runId: number, totals: RunTotals): void {
    const histograms: SparseHistogram[] = [];
    const figures = JSON.stringify(totals.toData(), (_key, value: unknown) => {
      if (!isHistogram(value)) return value;
      return { histogram: histograms.push(value) - 1 } satisfies HistogramReference;
    });
    this.insertRow.run(runId, FORMAT, figures, packHistograms(histograms));
  }

  /** null when there are none in this format. */
  read(runId: number): RunTotals | null {
    const row = this.selectRow.get(runId, FORMAT) as { figures: string; histograms: Buffer } | undefined;
    if (!row) return null;
    const histograms = unpackHistograms(row.histograms);
    const data = JSON.parse(row.figures, (_key, value: unknown) => (isReference(value) ? histograms[value.histogram] : value));
    return RunTotals.fromData(data as RunTotalsData);
  }

  remove(runId: number): void {
    this.deleteRow.run(runId);
  }
}

function isHistogram(value: unknown): value is SparseHistogram {
  return typeof value === 'object' && value !== null && 'indexes' in value && value.indexes instanceof Uint16Array;
}

function isReference(value: unknown): value is HistogramReference {
  return typeof value === 'object' && value !== null && 'histogram' in value && typeof value.histogram === 'number';
}
