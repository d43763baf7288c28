import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { csvReport } from '../../../src/main/reports/csv';
import type { ReportOptions } from '../../../src/main/reports/report-format';
import type { RunSecond } from '../../../src/shared/stats/frame';
import { Histogram } from '../../../src/shared/stats/histogram';
import type { RunData } from '../../../src/shared/stats/run';
import { gatherRun, makeRun } from '../../support/run-data';

const STATS =
  'Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,Min Response Time,Max Response Time,Average Content Size,Requests/s,Failures/s,50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,100%';
const HISTORY =
  'Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,100%,Total Request Count,Total Failure Count,Total Median Response Time,Total Average Response Time,Total Min Response Time,Total Max Response Time,Total Average Content Size';

type Row = Record<string, string>;

async function csvTexts(data: RunData, seconds: RunSecond[], options: ReportOptions = {}): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const { suffix, text } of csvReport.parts({ data, seconds, options })) {
    let all = '';
    for await (const piece of text) all += piece;
    texts.set(suffix, all);
  }
  return texts;
}

function rowsOf(texts: Map<string, string>, suffix: string): Row[] {
  return parse(texts.get(suffix) ?? '', { columns: true }) as Row[];
}

/** Latencies of some seconds merged afresh: what the sliding window must agree with. */
function merged(seconds: RunSecond[], series: number | null): Histogram {
  const histogram = new Histogram();
  for (const delta of seconds.flatMap((second) => second.series)) {
    if (series === null || delta.series === series) histogram.add(delta.latency);
  }
  return histogram;
}

const ms = (us: number) => String(Math.round(us) / 1000);

describe('the CSV files', () => {
  it('have the headers that scripts made for Locust expect, and CRLF line ends', async () => {
    const { data, seconds } = makeRun();
    const texts = await csvTexts(data, seconds);
    expect([...texts.keys()]).toEqual(['_stats.csv', '_stats_history.csv', '_failures.csv', '_exceptions.csv']);
    expect([...texts.keys()]).toEqual(csvReport.suffixes);
    const header = (suffix: string) => texts.get(suffix)?.split('\r\n')[0];
    expect(header('_stats.csv')).toBe(STATS);
    expect(header('_stats_history.csv')).toBe(HISTORY);
    expect(header('_failures.csv')).toBe('Method,Name,Error,Occurrences');
    expect(header('_exceptions.csv')).toBe('Count,Message,Traceback,Nodes');
    for (const text of texts.values()) expect(text.endsWith('\r\n')).toBe(true);
  });

  it('give the whole run, Aggregated last', async () => {
    const { data, seconds } = makeRun({ failureRate: 0.05 });
    const rows = rowsOf(await csvTexts(data, seconds), '_stats.csv');
    expect(rows).toHaveLength(data.series.length + 1);
    for (const [index, row] of rows.entries()) {
      const key = data.series[index] ?? { method: '', name: 'Aggregated' };
      const totals = data.totals.select(index < data.series.length ? index : null);
      expect(totals.requests).toBeGreaterThan(0);
      expect(row).toMatchObject({
        Type: key.method,
        Name: key.name,
        'Request Count': String(totals.requests),
        'Failure Count': String(totals.failed),
        'Median Response Time': ms(totals.latency.percentile(50)),
        'Average Response Time': ms(totals.latency.mean()),
        'Min Response Time': ms(totals.latency.min),
        'Max Response Time': ms(totals.latency.max),
        '99.9%': ms(totals.latency.percentile(99.9)),
        '100%': ms(totals.latency.max),
      });
      expect(Number(row['Requests/s'])).toBeCloseTo(totals.requests / data.totals.seconds(), 3);
      expect(Number(row['Average Content Size'])).toBeCloseTo(totals.bodyBytes / totals.requests, 3);
    }
  });

  it('give one history row a second for Aggregated only, unless every series is asked for', async () => {
    const { data, seconds } = makeRun();
    const short = rowsOf(await csvTexts(data, seconds), '_stats_history.csv');
    expect(short).toHaveLength(seconds.length);
    expect(new Set(short.map(({ Name }) => Name))).toEqual(new Set(['Aggregated']));
    const first = Math.floor(data.run.startedAt / 1000) + 1;
    expect(short.map(({ Timestamp }) => Number(Timestamp))).toEqual(seconds.map((_, i) => first + i));
    expect(short.map((row) => row['User Count'])).toEqual(seconds.map(({ nodes }) => String(nodes)));

    const full = rowsOf(await csvTexts(data, seconds, { fullHistory: true }), '_stats_history.csv');
    expect(full).toHaveLength(seconds.length * (data.series.length + 1));
    expect(full.filter(({ Name }) => Name === 'Aggregated')).toEqual(short);
  });

  it('take history percentiles and rates from the merge of the last ten seconds, totals from all so far', async () => {
    const { data, seconds } = makeRun({ requestsPerNode: 0.5 });
    const rows = rowsOf(await csvTexts(data, seconds, { fullHistory: true }), '_stats_history.csv');
    let compared = 0;
    for (const [second, entry] of seconds.entries()) {
      for (const index of [...data.series.keys(), null]) {
        const row = rows[second * (data.series.length + 1) + (index ?? data.series.length)] as Row;
        const window = merged(seconds.slice(Math.max(0, second - 9), second + 1), index);
        const total = merged(seconds.slice(0, second + 1), index);
        for (const p of [50, 66, 95, 99.9, 100]) {
          expect(row[`${p}%`]).toBe(window.count === 0 ? 'N/A' : ms(window.percentile(p)));
        }
        const length = Math.min(10, second + 1) - 1 + entry.lengthSeconds;
        expect(Number(row['Requests/s'])).toBeCloseTo(window.count / length, 2);
        expect(row['Total Request Count']).toBe(String(total.count));
        expect(row['Total Median Response Time']).toBe(total.count === 0 ? '0' : ms(total.percentile(50)));
        expect(row['Total Min Response Time']).toBe(ms(total.min));
        expect(row['Total Max Response Time']).toBe(ms(total.max));
        compared++;
      }
    }
    expect(compared).toBe(rows.length);
    expect(rows.at(-1)?.['Total Failure Count']).toBe(String(data.totals.select(null).failed));
  });

  it('let rates fall to zero and percentiles to N/A ten seconds after the traffic stopped', async () => {
    const { data, seconds } = makeRun({ durationSeconds: 40 });
    const quiet = seconds.map((second) => (second.second < 20 ? second : { ...second, series: [], lengthSeconds: 1 }));
    const rows = rowsOf(await csvTexts(gatherRun(data.run, quiet, []), quiet), '_stats_history.csv');
    expect(Number(rows[28]?.['Requests/s'])).toBeGreaterThan(0);
    expect(rows[29]).toMatchObject({ 'Requests/s': '0', 'Failures/s': '0', '50%': 'N/A', '100%': 'N/A' });
    expect(rows[29]?.['Total Request Count']).toBe(rows[19]?.['Total Request Count']);
  });

  it('say N/A for percentiles of a run without requests', async () => {
    const { data } = makeRun();
    const rows = rowsOf(await csvTexts(gatherRun(data.run, [], []), []), '_stats.csv');
    expect(rows.at(-1)).toMatchObject({ 'Request Count': '0', 'Median Response Time': '0', 'Requests/s': '0', '50%': 'N/A' });
  });

  it('list failures and exceptions', async () => {
    const { data, seconds } = makeRun({ failureRate: 0.1 });
    const texts = await csvTexts(data, seconds);
    const failures = rowsOf(texts, '_failures.csv');
    expect(failures).toHaveLength(data.failures.length);
    expect(failures.reduce((sum, row) => sum + Number(row.Occurrences), 0)).toBe(data.totals.select(null).failed);
    expect(rowsOf(texts, '_exceptions.csv')).toEqual([
      {
        Count: '2',
        Message: 'Nothing found at JSON path $.token',
        Traceback: 'node type IoTNode, task send_health, step 2 (POST /health)',
        Nodes: '20, 40',
      },
    ]);
  });

  it('neutralise what a spreadsheet would run, and leave numbers and all other text alone', async () => {
    const { data, seconds } = makeRun({ failureRate: 0 });
    const errors = [
      '=1+1',
      '+1',
      '-1',
      '@A1',
      '\tx',
      '\rx',
      '＝1+1',
      'a;=1+1;b',
      'a; @A1',
      'a\n-1',
      'a\t+1',
      'a "quoted", b',
      'two\nlines',
      'plain - text; more',
      '',
    ];
    data.failures = errors.map((error) => ({ series: 1, error, occurrences: -3, firstMs: 0, lastMs: 0, samples: [] }));
    const texts = await csvTexts(data, seconds);
    const rows = rowsOf(texts, '_failures.csv');
    expect(rows.map((row) => row.Error)).toEqual([
      "'=1+1",
      "'+1",
      "'-1",
      "'@A1",
      "'\tx",
      "'\rx",
      "'＝1+1",
      "a;'=1+1;b",
      "a; '@A1",
      "a\n'-1",
      "a\t'+1",
      'a "quoted", b',
      'two\nlines',
      'plain - text; more',
      '',
    ]);
    expect(new Set(rows.map((row) => row.Occurrences))).toEqual(new Set(['-3']));
    expect(texts.get('_failures.csv')).toContain('"a ""quoted"", b"');
  });
});
