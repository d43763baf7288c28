import type { ProcessHost } from '../process/process-host';
import { ReportWriteError } from '../reports/write-file';
import type { ExportJob, ExportReport, ExportRequest } from './export-protocol';

/**
 * A process that has not got on for so long is taken for stuck (stopped, or its disk hangs), and ended. Longer than any step takes of which it cannot
 * tell anything meanwhile: a comparison of days may take a minute. ms
 */
const PATIENCE_MS = 300_000;

/**
 * Writes an export to these absolute paths, all files complete or none, in a process of its own: a report of a long run is seconds of work, and whoever
 * asks for it has a window, a server and a run to look after. Rejects with `ReportWriteError`, also when the process is stuck and therefore ended.
 */
export function writeInProcess(
  host: ProcessHost,
  job: ExportJob,
  paths: string[],
  { patienceMs = PATIENCE_MS }: { patienceMs?: number } = {},
): Promise<void> {
  const child = host.fork<ExportRequest, ExportReport>('export', { name: 'Nodeswarm export' });
  return new Promise((resolve, reject) => {
    // What it says when it fails unexpectedly.
    let lastLine = '';
    child.onOutput((line) => {
      lastLine = line;
    });
    const patience = setTimeout(() => {
      child.kill();
      // Without waiting for its exit: who waits for a disk ends only once the disk answers.
      reject(incomplete(`it made no progress for ${patienceMs / 1000} s`));
    }, patienceMs);
    child.onMessage((report) => {
      if (report.kind === 'progress') {
        patience.refresh();
        return;
      }
      clearTimeout(patience);
      if (report.kind === 'written') resolve();
      else if (report.expected) reject(new ReportWriteError(report.message));
      else reject(new Error(`the export process failed: ${report.message}`));
    });
    child.onExit((reason) => {
      clearTimeout(patience);
      reject(incomplete(lastLine === '' ? reason : `${reason}: ${lastLine}`));
    });
    child.post({ job, paths });
  });
}

function incomplete(reason: string): ReportWriteError {
  return new ReportWriteError(`The process that writes the files ended before they were complete (${reason}); try again.`);
}
