import { buildReport } from '../../shared/stats/report';
import type { ReportFormat } from './report-format';

/** The run's figures for programs; the same as `nodeswarm show --json` prints. */
export const jsonReport: ReportFormat = {
  id: 'json',
  label: 'JSON (figures for programs)',
  extension: '.json',
  suffixes: [''],
  parts: ({ data }) => [{ suffix: '', text: [`${JSON.stringify(buildReport(data), null, 2)}\n`] }],
};
