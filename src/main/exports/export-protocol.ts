import type { ExportFormat } from '../../shared/api/run-exports';
import type { RunComparison } from '../../shared/stats/comparison';
import type { Both } from '../../shared/stats/run-sample';
import type { ComparisonWindows } from '../reports/comparison-html';
import type { SentRun } from '../store/store-protocol';

/** A run to write down. Its seconds are read from the database. */
export interface RunExportJob {
  kind: 'run';
  databaseFile: string;
  data: SentRun;
  format: ExportFormat;
  /** CSV: history rows for every series, not only for Aggregated. */
  fullHistory: boolean;
}

/** A comparison to write down. */
export interface ComparisonExportJob {
  kind: 'comparison';
  comparison: RunComparison;
  runs: Both<SentRun>;
  windows: ComparisonWindows;
  format: 'csv' | 'html';
}

export type ExportJob = RunExportJob | ComparisonExportJob;

/** What the export process is asked: the job, and for each of its files an absolute path. */
export interface ExportRequest {
  job: ExportJob;
  paths: string[];
}

/** How it went; all files are there, or none. `expected`: the message is a sentence for the user. */
export type ExportOutcome = { ok: true } | { ok: false; expected: boolean; message: string };
