/** What a run can be exported as, in the order and the groups in which the app offers it: in the menu of the history and as downloads. */
export const RUN_EXPORTS = [
  {
    format: 'html',
    group: 'To read and share',
    label: 'HTML report',
    content: 'One page with figures, charts, failures and the scenario. Opens in any browser, also without a network.',
  },
  {
    format: 'csv-stats',
    group: 'Tables',
    label: 'Statistics (CSV)',
    content: 'A row for each request and one for all: counts, rates, percentiles in ms.',
  },
  {
    format: 'csv-history',
    group: 'Tables',
    label: 'History (CSV)',
    content: 'A row a second with rates, percentiles of the last 10 s and the number of nodes.',
  },
  {
    format: 'csv-failures',
    group: 'Tables',
    label: 'Failures (CSV)',
    content: 'Method, name, error and how often it happened.',
  },
  {
    format: 'csv-exceptions',
    group: 'Tables',
    label: 'Exceptions (CSV)',
    content: 'Steps that could not be carried out, with the nodes they happened to.',
  },
  {
    format: 'csv',
    group: 'Tables',
    label: 'All CSV files',
    content: 'The four above. Names and headers are those of Locust, so that existing scripts read them.',
  },
  {
    format: 'json',
    group: 'For programs',
    label: 'JSON',
    content: 'Everything the statistics tab shows and more, exact: whole run, steady phase, failures with samples, generator.',
  },
  {
    format: 'hlog',
    group: 'For programs',
    label: 'Histogram log (.hlog)',
    content: 'All latencies as histograms, a line a second, for HdrHistogram tools.',
  },
] as const;

export type ExportFormat = (typeof RUN_EXPORTS)[number]['format'];
