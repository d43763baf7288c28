import { type Histogram as HdrHistogram, HistogramLogReader, listTags } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import { hlogReport, seriesTags } from '../../../src/main/reports/hlog';
import type { RunSecond } from '../../../src/shared/stats/frame';
import type { RunData } from '../../../src/shared/stats/run';
import { histogramOf } from '../../support/recorded-run';
import { gatherRun, makeRun } from '../../support/run-data';

async function logText(data: RunData, seconds: RunSecond[]): Promise<string> {
  let all = '';
  for (const { text } of hlogReport.parts({ data, seconds, options: {} })) for await (const piece of text) all += piece;
  return all;
}

/** All intervals of a tag added up by the other side's own code, and how many there were. */
function readBack(log: string, tag: string): { histogram: HdrHistogram; starts: number[] } {
  const reader = new HistogramLogReader(log, 64);
  let sum: HdrHistogram | null = null;
  const starts: number[] = [];
  for (let next = reader.nextIntervalHistogram(); next; next = reader.nextIntervalHistogram()) {
    if (next.tag !== tag) continue;
    starts.push(next.startTimeStampMsec);
    if (sum) sum.add(next);
    else sum = next;
  }
  if (!sum) throw new Error(`no interval has the tag ${tag}`);
  return { histogram: sum, starts };
}

describe('the HdrHistogram log', () => {
  it('is read back by hdr-histogram-js with the same counts and percentiles', async () => {
    const { data, seconds } = makeRun({ durationSeconds: 120, requestsPerNode: 1 });
    const log = await logText(data, seconds);
    const tags = ['NO TAG', 'GET_/greet', 'POST_/data', 'POST_/health', 'GET_/ota'];
    expect(listTags(log)).toEqual(tags);
    for (const [i, tag] of tags.entries()) {
      const { histogram, starts } = readBack(log, tag);
      const { latency } = data.totals.select(i === 0 ? null : i - 1);
      expect(histogram.totalCount).toBe(latency.count);
      expect(latency.count).toBeGreaterThan(90);
      for (const p of [50, 90, 95, 99, 99.9, 100]) {
        const expected = latency.percentile(p);
        expect(Math.abs(histogram.getValueAtPercentile(p) - expected) / expected).toBeLessThan(0.005);
      }
      expect(starts).toEqual(seconds.map(({ second }) => data.run.startedAt + second * 1000));
    }
  });

  it('gives every second a line of its own counts', async () => {
    const { data, seconds } = makeRun({ durationSeconds: 20 });
    const reader = new HistogramLogReader(await logText(data, seconds), 64);
    for (const second of seconds) {
      const all = second.series.reduce((sum, { latency }) => sum + latency.count, 0);
      expect(reader.nextIntervalHistogram()?.totalCount).toBe(all);
      for (const [series] of data.series.entries()) {
        const own = second.series.find((delta) => delta.series === series)?.latency.count ?? 0;
        expect(reader.nextIntervalHistogram()?.totalCount).toBe(own);
      }
    }
    expect(reader.nextIntervalHistogram()).toBeNull();
  });

  it('carries the ends of the range: 0 us, 1 us, over an hour', async () => {
    const { data, seconds } = makeRun({ durationSeconds: 1, failureRate: 0 });
    const [first] = seconds;
    const [delta] = first?.series ?? [];
    if (!first || !delta) throw new Error('the made-up run begins with a request');
    const values = [0, 1, 255, 256, 4_000_000_000, 4_294_967_295, 5_000_000_000];
    const extreme: RunSecond = { ...first, series: [{ ...delta, latency: histogramOf(values) }] };
    const { histogram } = readBack(await logText(gatherRun(data.run, [extreme], []), [extreme]), 'NO TAG');
    expect(histogram.totalCount).toBe(values.length);
    expect(histogram.getValueAtPercentile(0)).toBe(0);
    expect(Math.abs(histogram.maxValue - 2 ** 32) / 2 ** 32).toBeLessThan(0.005);
  });

  it('carries a second of very many buckets, followed by a small one', async () => {
    const { data, seconds } = makeRun({ durationSeconds: 1, failureRate: 0 });
    const [first] = seconds;
    const [delta] = first?.series ?? [];
    if (!first || !delta) throw new Error('the made-up run begins with a request');
    const many = Array.from({ length: 6000 }, (_, i) => Math.round(1.0035 ** i) + i);
    const recorded = [many, [7]].map((values, second): RunSecond => {
      return { ...first, second, series: [{ ...delta, latency: histogramOf(values) }] };
    });
    const reader = new HistogramLogReader(await logText(gatherRun(data.run, recorded, []), recorded), 64);
    const counts: number[] = [];
    for (let next = reader.nextIntervalHistogram(); next; next = reader.nextIntervalHistogram()) {
      if (next.tag === 'NO TAG') counts.push(next.totalCount);
    }
    expect(counts).toEqual([many.length, 1]);
  });

  it('makes tags that the format can carry, no two alike', () => {
    const keys = ['/a b', '/a,b', '/a\u2028b', '/ä'].map((name) => ({ method: 'GET', name }));
    expect(seriesTags(keys)).toEqual(['GET_/a_b', 'GET_/a_b_2', 'GET_/a_b_3', 'GET_/ä']);
  });
});
