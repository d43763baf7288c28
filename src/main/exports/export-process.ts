import type { ProcessHost } from '../process/process-host';
import { ReportWriteError } from '../reports/write-file';
import type { ExportJob, ExportOutcome, ExportRequest } from './export-protocol';

/**
 * Writes an export to these absolute paths, all files complete or none, in a process of its own: a report of a long run is seconds of work, and whoever
 * asks for it has a window, a server and a run to look after. Rejects with `ReportWriteError`.
 */
export function writeInProcess(host: ProcessHost, job: ExportJob, paths: string[]): Promise<void> {
  const child = host.fork<ExportRequest, ExportOutcome>('export', { name: 'Nodeswarm export' });
  return new Promise((resolve, reject) => {
    // What it says when it fails unexpectedly.
    let lastLine = '';
    child.onOutput((line) => {
      lastLine = line;
    });
    child.onMessage((outcome) => {
      if (outcome.ok) resolve();
      else if (outcome.expected) reject(new ReportWriteError(outcome.message));
      else reject(new Error(`the export process failed: ${outcome.message}`));
    });
    child.onExit((reason) => {
      const detail = lastLine === '' ? reason : `${reason}: ${lastLine}`;
      reject(new ReportWriteError(`The process that writes the files ended before they were complete (${detail}); try again.`));
    });
    child.post({ job, paths });
  });
}
