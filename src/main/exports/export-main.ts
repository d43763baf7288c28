import type { RunData } from '../../shared/stats/run';
import type { Both } from '../../shared/stats/run-sample';
import { errorMessage } from '../../shared/text/error-text';
import type { ChildMain } from '../process/process-host';
import { comparisonCsv } from '../reports/comparison-csv';
import { type ComparedStretch, comparisonHtml } from '../reports/comparison-html';
import { type FileText, ReportWriteError, writeFiles } from '../reports/write-file';
import { type ComparedPart, type RunStore, StoreError } from '../store/run-store';
import { withSnapshot } from '../store/snapshot';
import { storedSeconds } from '../store/stored-seconds';
import { EXPORTS } from './export-files';
import type { ComparisonExportJob, ExportReport, ExportRequest, RunExportJob } from './export-protocol';

/** It tells at most so often that it gets on, ms. */
const PROGRESS_EVERY_MS = 1000;

/** The program of the process that writes one export: reads what it needs from the database by itself, writes the files, says how it went, ends. */
export const exportMain: ChildMain<ExportRequest, ExportReport> = (port) => {
  let toldMs = Number.NEGATIVE_INFINITY;
  const tellProgress = () => {
    const nowMs = performance.now();
    if (nowMs - toldMs < PROGRESS_EVERY_MS) return;
    toldMs = nowMs;
    port.post({ kind: 'progress' });
  };
  port.onMessage((request) => {
    void carryOut(request, tellProgress).then((report) => {
      port.post(report);
      port.exit(0);
    });
  });
};

async function carryOut({ job, paths }: ExportRequest, onProgress: () => void): Promise<ExportReport> {
  try {
    if (job.kind === 'run') await writeRun(job, paths, onProgress);
    else await writeComparison(job, paths);
    return { kind: 'written' };
  } catch (error) {
    const expected = error instanceof ReportWriteError || error instanceof StoreError;
    return { kind: 'failed', expected, message: errorMessage(error) };
  }
}

async function writeRun(
  { databaseFile, runId, format, fullHistory, soFar }: RunExportJob,
  paths: readonly string[],
  onProgress: () => void,
): Promise<void> {
  const { report, suffix } = EXPORTS[format];
  await withSnapshot(databaseFile, async (store) => {
    const data = await readRun(store, runId);
    if (data.run.status === 'running') Object.assign(data.run, soFar);
    const seconds = noted(storedSeconds(store, data), onProgress);
    const parts = report
      .parts({ data, seconds, options: { fullHistory } })
      .filter((part) => suffix === undefined || part.suffix === suffix);
    await writeFiles(parts.map(({ text }, index): FileText => ({ path: paths[index] as string, text })));
  });
}

/** The same items; `note` is called as each is taken. */
async function* noted<T>(items: AsyncIterable<T>, note: () => void): AsyncGenerator<T> {
  for await (const item of items) {
    note();
    yield item;
  }
}

async function writeComparison(
  { databaseFile, runs, windows, format }: ComparisonExportJob,
  paths: readonly string[],
): Promise<void> {
  await withSnapshot(databaseFile, async (store) => {
    const part = (place: keyof Both<unknown>): ComparedPart => ({ runId: runs[place], range: windows[place] ?? undefined });
    const comparison = await store.compareRuns(part('a'), part('b'));
    const asHtml = async () => {
      const whole = { a: await readRun(store, runs.a), b: await readRun(store, runs.b) };
      const stretch = async (place: keyof Both<unknown>): Promise<ComparedStretch | null> => {
        const window = windows[place];
        return window && { window, report: await store.readStretch(runs[place], window) };
      };
      return comparisonHtml(comparison, whole, { a: await stretch('a'), b: await stretch('b') });
    };
    const text = format === 'csv' ? comparisonCsv(comparison) : await asHtml();
    await writeFiles([{ path: paths[0] as string, text: [text] }]);
  });
}

async function readRun(store: RunStore, runId: number): Promise<RunData> {
  const data = await store.readRun(runId);
  if (!data) throw new StoreError(`There is no run ${runId} in the history; it may have been deleted.`, { notFound: true });
  return data;
}
