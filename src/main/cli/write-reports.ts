import type { RunSecond } from '../../shared/stats/frame';
import type { RunData } from '../../shared/stats/run';
import type { OutputStream } from './command-io';
import type { ReportTarget } from './report-targets';

/** What became of the reports that were asked for. */
export interface WrittenReports {
  files: string[];
  /** Sentences about those that could not be written. */
  problems: string[];
}

/**
 * Writes every report that was asked for; one that cannot be written does not keep the others from being. `seconds` is called once for
 * each report.
 */
export async function writeReports(
  targets: readonly ReportTarget[],
  data: RunData,
  seconds: () => Iterable<RunSecond> | AsyncIterable<RunSecond>,
  options: { fullHistory: boolean; stdout: OutputStream },
): Promise<WrittenReports> {
  const written: WrittenReports = { files: [], problems: [] };
  if (targets.length === 0) return written;
  const { exportRun, reportText } = await import('../reports/reports');
  const { ReportWriteError } = await import('../reports/write-file');
  const { StoreError } = await import('../store/run-store');
  for (const { format, path } of targets) {
    const source = { data, seconds: seconds(), options: { fullHistory: options.fullHistory } };
    try {
      if (path === null) for await (const text of reportText(format, source)) options.stdout.write(text);
      else written.files.push(...(await exportRun(format, source, path)));
    } catch (error) {
      // One that cannot be written, or whose seconds cannot be read, does not keep the others from being.
      if (!(error instanceof ReportWriteError) && !(error instanceof StoreError)) throw error;
      written.problems.push(error.message);
    }
  }
  return written;
}
