import type { ChildMain } from '../process/process-host';
import { comparisonCsv } from '../reports/comparison-csv';
import { comparisonHtml } from '../reports/comparison-html';
import { ReportWriteError } from '../reports/write-file';
import { StoreError } from '../store/run-store';
import { SqliteStore } from '../store/sqlite-store';
import { unpackRun } from '../store/store-protocol';
import { storedSeconds } from '../store/stored-seconds';
import { EXPORTS } from './export-files';
import type { ComparisonExportJob, ExportOutcome, ExportRequest, RunExportJob } from './export-protocol';
import { type FileText, writeExports } from './write-exports';

/** The program of the process that writes one export: reads what it needs from the database by itself, writes the files, says how it went, ends. */
export const exportMain: ChildMain<ExportRequest, ExportOutcome> = (port) => {
  port.onMessage((request) => {
    void carryOut(request).then((outcome) => {
      port.post(outcome);
      port.exit(0);
    });
  });
};

async function carryOut({ job, paths }: ExportRequest): Promise<ExportOutcome> {
  try {
    if (job.kind === 'run') await writeRun(job, paths);
    else await writeExports([{ path: paths[0] as string, text: [comparisonText(job)] }]);
    return { ok: true };
  } catch (error) {
    const expected = error instanceof ReportWriteError || error instanceof StoreError;
    return { ok: false, expected, message: error instanceof Error ? error.message : String(error) };
  }
}

async function writeRun(
  { databaseFile, data: sent, format, fullHistory }: RunExportJob,
  paths: readonly string[],
): Promise<void> {
  const data = unpackRun(sent);
  const { report, suffix } = EXPORTS[format];
  const store = SqliteStore.open(databaseFile);
  try {
    const parts = report
      .parts({ data, seconds: storedSeconds(store, data), options: { fullHistory } })
      .filter((part) => suffix === undefined || part.suffix === suffix);
    await writeExports(parts.map(({ text }, index): FileText => ({ path: paths[index] as string, text })));
  } finally {
    await store.close();
  }
}

function comparisonText({ comparison, runs, windows, format }: ComparisonExportJob): string {
  if (format === 'csv') return comparisonCsv(comparison);
  return comparisonHtml(comparison, { a: unpackRun(runs.a), b: unpackRun(runs.b) }, windows);
}
