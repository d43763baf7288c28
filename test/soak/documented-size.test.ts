import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SqliteStore } from '../../src/main/store/sqlite-store';
import type { RunSecond } from '../../src/shared/stats/frame';
import type { SparseHistogram } from '../../src/shared/stats/histogram';
import { encodeHistogram } from '../../src/shared/stats/sparse-codec';
import { histogramOf, newRun, recordedSecond, seededRandom } from '../support/recorded-run';
import { tempFolder } from '../support/temp-folder';
import { databaseBytes, packedBytes } from './database-size';
import { documentedBytes, FAILURE_BYTES, histogramBytes, ROW_BYTES, SECOND_BYTES, SERIES_BYTES } from './documented-size';

const SECONDS = 50;

/** Ten seconds, stored again and again: bytes that a second of them took of the file, and by the documentation with its histograms as stored. */
async function stored(seriesCount: number, templates: readonly RunSecond[]): Promise<{ bytes: number; documented: number }> {
  const file = join(tempFolder(), 'runs.db');
  const store = SqliteStore.open(file);
  const id = await store.createRun(newRun({ seriesCount }));
  await store.appendSecond(id, { ...recordedSecond(0, { seriesCount }), second: 0 }, []);
  // What there is once for each run and once for each table is no part of it.
  const before = databaseBytes(file) ?? 0;
  const at = (second: number) => templates[second % templates.length] as RunSecond;
  for (let second = 1; second <= SECONDS; second++) await store.appendSecond(id, { ...at(second), second }, []);
  const bytes = ((databaseBytes(file) ?? 0) - before) / SECONDS;
  await store.close();
  const packed = packedBytes(file, id);
  const documented = packed.slice(1).reduce((sum, length, index) => sum + documentedBytes(at(index + 1), length), 0);
  return { bytes, documented: documented / SECONDS };
}

const secondsOf = (options: Parameters<typeof recordedSecond>[1]) =>
  Array.from({ length: 10 }, (_, second) => recordedSecond(second + 1, options));

// The disk may have others to serve.
describe('what the history takes', { timeout: 120_000 }, () => {
  it.each(SERIES_BYTES)(
    'seconds of $requests requests a series: as the table says, within a quarter',
    async ({ requests, bytes: ofSeries }) => {
      const seriesCount = 20;
      const { bytes } = await stored(seriesCount, secondsOf({ seriesCount, requestsPerSeries: requests }));
      const ratio = bytes / (SECOND_BYTES + seriesCount * ofSeries);
      expect(ratio).toBeGreaterThan(0.75);
      expect(ratio).toBeLessThan(1.25);
    },
  );

  it.each([
    [1, 1, 0.5],
    [1, 300, 2],
    [5, 30, 0.1],
    [5, 300, 2],
    [20, 1, 2],
    [20, 30, 0.5],
    [20, 30, 2],
  ])('%d series of %d requests, spread %d: as the parts say, within 30 %', async (seriesCount, requestsPerSeries, sigma) => {
    const { bytes, documented } = await stored(seriesCount, secondsOf({ seriesCount, requestsPerSeries, sigma }));
    expect(bytes / documented).toBeGreaterThan(0.7);
    expect(bytes / documented).toBeLessThan(1.1);
  });

  it('seconds with failures: as the parts say, within 30 %', async () => {
    const seconds = secondsOf({ seriesCount: 5, requestsPerSeries: 30, failuresPerSeries: 3 });
    // Of samples the store keeps the first five only.
    const withoutSamples = seconds.map((second) => ({
      ...second,
      failures: second.failures.map((one) => ({ ...one, samples: [] })),
    }));
    const { bytes, documented } = await stored(5, withoutSamples);
    expect(bytes / documented).toBeGreaterThan(0.7);
    expect(bytes / documented).toBeLessThan(1.1);
  });

  it('the documentation says so', () => {
    const text = readFileSync(join(import.meta.dirname, '../../docs/statistics.md'), 'utf8');
    expect(text).toContain(`a second of a run takes about ${SECOND_BYTES} bytes`);
    for (const { requests, bytes } of SERIES_BYTES) expect(text).toContain(`| ${requests} | ${bytes} |`);
    const { second, shard, series, task } = ROW_BYTES;
    expect(text).toContain(
      `${second} bytes for the second, ${shard} for each shard, ${series} for each series, ${task} for each task`,
    );
    const { error, sample } = FAILURE_BYTES;
    expect(text).toContain(
      `some ${error} bytes and its name for each error, series and second, some ${sample} bytes and its text for each`,
    );
  });
});

describe('what a histogram takes', () => {
  const random = seededRandom(5);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const kinds: Record<string, () => number> = {
    'all alike': () => 20_000 * Math.exp(0.1 * normal()),
    lognormal: () => 20_000 * Math.exp(0.5 * normal()),
    'spread wide': () => 20_000 * Math.exp(2 * normal()),
    'fast and slow': () => (random() < 0.9 ? 500 * Math.exp(0.4 * normal()) : 1e6 * Math.exp(0.8 * normal())),
    'with timeouts': () => (random() < 0.7 ? 2000 * Math.exp(0.6 * normal()) : 3e6 + 3000 * random()),
  };

  it.each(Object.keys(kinds))('%s: at most what is documented, and most of it', (kind) => {
    for (const count of [1, 3, 10, 30, 100, 1000]) {
      const draw = kinds[kind] as () => number;
      const histograms = Array.from({ length: 20 }, () => histogramOf(Array.from({ length: count }, () => Math.round(draw()))));
      const sum = (of: (histogram: SparseHistogram) => number) => histograms.reduce((bytes, each) => bytes + of(each), 0);
      const ratio = sum((histogram) => encodeHistogram(histogram).length) / sum(histogramBytes);
      expect(ratio, `${count} values`).toBeLessThan(1.1);
      expect(ratio, `${count} values`).toBeGreaterThan(0.5);
    }
  });
});
