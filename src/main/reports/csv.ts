import { stringify } from 'csv-stringify/sync';
import type { SeriesKey } from '../../shared/scenario/series';
import type { RunSecond } from '../../shared/stats/frame';
import type { Histogram } from '../../shared/stats/histogram';
import { AGGREGATED, milliseconds, PERCENTILES, percentileList, percentileMs, statisticsRow } from '../../shared/stats/summary';
import { SeriesTotals } from '../../shared/stats/totals';
import { exceptionPlace } from './exception-place';
import type { ReportFormat, ReportSource } from './report-format';
import { SlidingWindow } from './sliding-window';

const PERCENTILE_HEADERS = PERCENTILES.map((p) => `${p}%`);

/** What stands where there is no value to take a percentile of. */
const NOT_AVAILABLE = 'N/A';

const STATS_HEADER = [
  'Type',
  'Name',
  'Request Count',
  'Failure Count',
  'Median Response Time',
  'Average Response Time',
  'Min Response Time',
  'Max Response Time',
  'Average Content Size',
  'Requests/s',
  'Failures/s',
  ...PERCENTILE_HEADERS,
];

const HISTORY_HEADER = [
  'Timestamp',
  'User Count',
  'Type',
  'Name',
  'Requests/s',
  'Failures/s',
  ...PERCENTILE_HEADERS,
  'Total Request Count',
  'Total Failure Count',
  'Total Median Response Time',
  'Total Average Response Time',
  'Total Min Response Time',
  'Total Max Response Time',
  'Total Average Content Size',
];

type Cell = string | number;

/**
 * The four CSV files, with the names and headers of Locust's (docs/statistics.md), so that scripts made for those read them. Times in
 * ms, sizes in bytes; over the whole run. What a spreadsheet would take for a formula is neutralised with an apostrophe before it.
 */
export const csvReport: ReportFormat = {
  id: 'csv',
  label: 'CSV files (statistics, history, failures, exceptions)',
  extension: '',
  suffixes: ['_stats.csv', '_stats_history.csv', '_failures.csv', '_exceptions.csv'],
  parts: (source) => [
    { suffix: '_stats.csv', text: statsText(source) },
    { suffix: '_stats_history.csv', text: historyText(source) },
    { suffix: '_failures.csv', text: failuresText(source) },
    { suffix: '_exceptions.csv', text: exceptionsText(source) },
  ],
};

/**
 * Where a spreadsheet would see a formula: at the beginning of a text, and behind what another language's spreadsheet takes for the end of a
 * cell, whatever the quotes around it say (in half of Europe that is the semicolon). East Asian ones take wide signs, too.
 */
const FORMULA_PLACES = /^(?=[=+\-@\t\r＝＋－＠])|(?<=[;\t\r\n] *)(?=[=+\-@＝＋－＠])/g;

/** RFC 4180: CRLF ends a record, quotes where they are needed. */
export function toCsv(rows: readonly (readonly Cell[])[]): string {
  const harmless = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cell.replace(FORMULA_PLACES, "'") : cell)));
  return stringify(harmless, { record_delimiter: 'windows', quote_record_delimiter: true });
}

function* statsText({ data }: ReportSource): Generator<string> {
  const { series, totals } = data;
  const seconds = totals.seconds();
  yield toCsv([STATS_HEADER]);
  for (const [index, key] of series.entries()) yield toCsv([statsRow(key, totals.select(index), seconds)]);
  yield toCsv([statsRow(AGGREGATED, totals.select(null), seconds)]);
}

function statsRow(key: SeriesKey, totals: SeriesTotals, seconds: number): Cell[] {
  const row = statisticsRow(key, [totals], seconds);
  return [
    key.method,
    key.name,
    totals.requests,
    totals.failed,
    ...timesAndSize(totals),
    rounded(row.rps),
    rounded(row.failuresPerSecond),
    ...percentiles(totals.latency),
  ];
}

/** One series, or all together, on its way through the seconds. */
class HistoryTrack {
  private readonly window = new SlidingWindow();
  private readonly totals = new SeriesTotals();

  constructor(
    private readonly key: SeriesKey,
    /** null: all series. */
    private readonly series: number | null,
  ) {}

  /** Takes a second in and yields its row. */
  row(second: RunSecond, timestamp: number): Cell[] {
    this.window.advance(second);
    for (const delta of second.series) {
      if (this.series !== null && delta.series !== this.series) continue;
      this.window.add(delta);
      this.totals.completed += delta.completed;
      this.totals.failed += delta.failed;
      this.totals.bodyBytes += delta.bodyBytes;
      this.totals.latency.add(delta.latency);
    }
    return [
      timestamp,
      second.nodes,
      this.key.method,
      this.key.name,
      rounded(this.window.requestsPerSecond),
      rounded(this.window.failuresPerSecond),
      ...percentiles(this.window.latency),
      this.totals.requests,
      this.totals.failed,
      ...timesAndSize(this.totals),
    ];
  }
}

async function* historyText({ data, seconds, options }: ReportSource): AsyncGenerator<string> {
  const tracks = options.fullHistory ? data.series.map((key, series) => new HistoryTrack(key, series)) : [];
  tracks.push(new HistoryTrack(AGGREGATED, null));
  yield toCsv([HISTORY_HEADER]);
  for await (const second of seconds) {
    // A second's row says how things stood when it ended.
    const timestamp = Math.floor(data.run.startedAt / 1000) + second.second + 1;
    yield toCsv(tracks.map((track) => track.row(second, timestamp)));
  }
}

function* failuresText({ data }: ReportSource): Generator<string> {
  yield toCsv([['Method', 'Name', 'Error', 'Occurrences']]);
  for (const { series, error, occurrences } of data.failures) {
    const key = data.series[series];
    yield toCsv([[key?.method ?? '', key?.name ?? '', error, occurrences]]);
  }
}

function* exceptionsText({ data }: ReportSource): Generator<string> {
  yield toCsv([['Count', 'Message', 'Traceback', 'Nodes']]);
  for (const exception of data.exceptions) {
    const place = exceptionPlace(data.run.scenario, exception);
    yield toCsv([[exception.count, exception.message, place, exception.nodes.join(', ')]]);
  }
}

/** Median, average, min, max (ms) and average content size (bytes); zeros, as in Locust's files, before anything was measured. */
function timesAndSize({ latency, bodyBytes, requests }: SeriesTotals): Cell[] {
  if (requests === 0) return [0, 0, 0, 0, 0];
  const times = [percentileMs(latency, 50), milliseconds(latency.mean()), milliseconds(latency.min), milliseconds(latency.max)];
  return [...times.map((time) => time ?? 0), rounded(bodyBytes / requests)];
}

function percentiles(latency: Histogram): Cell[] {
  return percentileList(latency).map((time) => time ?? NOT_AVAILABLE);
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
