import type { ExportFormat } from '../../../shared/api/routes';

/** What a run can be exported as, in the order offered. */
export const RUN_EXPORTS: readonly { format: ExportFormat; label: string }[] = [
  { format: 'html', label: 'HTML report' },
  { format: 'csv', label: 'All CSV files' },
  { format: 'csv-stats', label: 'Statistics (CSV)' },
  { format: 'csv-history', label: 'History (CSV)' },
  { format: 'csv-failures', label: 'Failures (CSV)' },
  { format: 'csv-exceptions', label: 'Exceptions (CSV)' },
  { format: 'json', label: 'JSON' },
  { format: 'hlog', label: 'Histogram log (.hlog)' },
];
