import type { ExportFormat } from '../../shared/api/run-exports';
import type { RunRecord } from '../../shared/stats/run';
import { csvReport } from '../reports/csv';
import { hlogReport } from '../reports/hlog';
import { htmlReport } from '../reports/html';
import { jsonReport } from '../reports/json';
import type { ReportFormat } from '../reports/report-format';

const CSV = 'text/csv;charset=utf-8';
const HTML = 'text/html;charset=utf-8';

/** A file of an export: what it is called, not what is in it. */
export interface ExportedFile {
  /** Suggested file name, safe on every platform. */
  name: string;
  mediaType: string;
}

/** Of a run, what its files are named after. */
type NamedRun = Pick<RunRecord, 'id' | 'name'>;

/** What an export is made of: a report, or one of its files. */
export const EXPORTS: Record<ExportFormat, { report: ReportFormat; suffix?: string; mediaType: string }> = {
  'csv-stats': { report: csvReport, suffix: '_stats.csv', mediaType: CSV },
  'csv-history': { report: csvReport, suffix: '_stats_history.csv', mediaType: CSV },
  'csv-failures': { report: csvReport, suffix: '_failures.csv', mediaType: CSV },
  'csv-exceptions': { report: csvReport, suffix: '_exceptions.csv', mediaType: CSV },
  csv: { report: csvReport, mediaType: CSV },
  html: { report: htmlReport, mediaType: HTML },
  json: { report: jsonReport, mediaType: 'application/json' },
  hlog: { report: hlogReport, mediaType: 'text/plain;charset=utf-8' },
};

/** The files that a run is written down in, in the order in which they are made. */
export function runFiles(run: NamedRun, format: ExportFormat): ExportedFile[] {
  const { report, suffix, mediaType } = EXPORTS[format];
  const suffixes = suffix === undefined ? report.suffixes : [suffix];
  return suffixes.map((ending) => ({ name: fileName(run) + ending + report.extension, mediaType }));
}

/** The file that a comparison of these two runs is written down in. */
export function comparisonFile(a: number, b: number, format: 'csv' | 'html'): ExportedFile {
  return { name: `comparison-run-${a}-and-${b}.${format}`, mediaType: format === 'csv' ? CSV : HTML };
}

/** The run's name as far as every platform takes it in a file name, and its id. */
function fileName(run: NamedRun): string {
  const words = run.name
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 60)
    // The cut may go through a character of two halves, and half of one is in no address.
    .replace(/[\ud800-\udbff]$/, '')
    .replace(/^-+|-+$/g, '');
  return words === '' ? `run-${run.id}` : `${words}-run-${run.id}`;
}
