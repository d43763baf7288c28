import type { ExportFormat } from '../../shared/api/run-exports';
import type { SecondWindow } from '../../shared/api/types';
import type { RunRecord } from '../../shared/stats/run';
import type { Both } from '../../shared/stats/run-sample';

/** A run to write down, as far as it is stored. */
export interface RunExportJob {
  kind: 'run';
  databaseFile: string;
  runId: number;
  format: ExportFormat;
  /** CSV: history rows for every series, not only for Aggregated. */
  fullHistory: boolean;
  /** Of a run that is on: what is stored only at its end. */
  soFar?: Pick<RunRecord, 'degraded' | 'statusReason'>;
}

/** A comparison to write down. */
export interface ComparisonExportJob {
  kind: 'comparison';
  databaseFile: string;
  runs: Both<number>;
  /** What of each run is compared; null: all of its steady phase. */
  windows: Both<SecondWindow | null>;
  format: 'csv' | 'html';
}

export type ExportJob = RunExportJob | ComparisonExportJob;

/** What the export process is asked: the job, and for each of its files an absolute path. */
export interface ExportRequest {
  job: ExportJob;
  paths: string[];
}

/**
 * What the export process tells: that it gets on, from time to time, and at last how it went: all files are there, or none. `expected`: the
 * message is a sentence for the user.
 */
export type ExportReport = { kind: 'progress' } | { kind: 'written' } | { kind: 'failed'; expected: boolean; message: string };
