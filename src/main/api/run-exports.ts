import type { ExportFormat } from '../../shared/api/routes';
import type { RunComparison } from '../../shared/stats/comparison';
import type { RunData } from '../../shared/stats/run';
import type { Both } from '../../shared/stats/run-sample';
import { comparisonCsv } from '../reports/comparison-csv';
import { type ComparisonWindows, comparisonHtml } from '../reports/comparison-html';
import { csvReport } from '../reports/csv';
import { hlogReport } from '../reports/hlog';
import { htmlReport } from '../reports/html';
import { jsonReport } from '../reports/json';
import type { ReportFormat } from '../reports/report-format';
import type { RunStore } from '../store/run-store';
import { storedSeconds } from '../store/stored-seconds';
import type { ExportedFile } from './host-files';

/** Seconds taken out of the store at once: few, so that taking them in does not hold this process up. */
const PORTION_SECONDS = 20;

const CSV = 'text/csv;charset=utf-8';
const HTML = 'text/html;charset=utf-8';

/** What an export is made of: a report, or one of its files. */
const EXPORTS: Record<ExportFormat, { report: ReportFormat; suffix?: string; mediaType: string }> = {
  'csv-stats': { report: csvReport, suffix: '_stats.csv', mediaType: CSV },
  'csv-history': { report: csvReport, suffix: '_stats_history.csv', mediaType: CSV },
  'csv-failures': { report: csvReport, suffix: '_failures.csv', mediaType: CSV },
  'csv-exceptions': { report: csvReport, suffix: '_exceptions.csv', mediaType: CSV },
  csv: { report: csvReport, mediaType: CSV },
  html: { report: htmlReport, mediaType: HTML },
  json: { report: jsonReport, mediaType: 'application/json' },
  hlog: { report: hlogReport, mediaType: 'text/plain;charset=utf-8' },
};

/** The files that a run is written down in. */
export function runExport(data: RunData, store: RunStore, format: ExportFormat, fullHistory: boolean): ExportedFile[] {
  const { report, suffix, mediaType } = EXPORTS[format];
  const seconds = storedSeconds(store, data, PORTION_SECONDS);
  return report
    .parts({ data, seconds, options: { fullHistory } })
    .filter((part) => suffix === undefined || part.suffix === suffix)
    .map((part) => ({ name: fileName(data) + part.suffix + report.extension, mediaType, text: part.text }));
}

/** The file that a comparison is written down in. */
export function comparisonExport(
  comparison: RunComparison,
  runs: Both<RunData>,
  windows: ComparisonWindows,
  format: 'csv' | 'html',
): ExportedFile[] {
  const name = `comparison-run-${comparison.a.id}-and-${comparison.b.id}.${format}`;
  return format === 'csv'
    ? [{ name, mediaType: CSV, text: [comparisonCsv(comparison)] }]
    : [{ name, mediaType: HTML, text: [comparisonHtml(comparison, runs, windows)] }];
}

/** The run's name as far as every platform takes it in a file name, and its id. */
function fileName({ run }: RunData): string {
  const words = run.name
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
  return words === '' ? `run-${run.id}` : `${words}-run-${run.id}`;
}
