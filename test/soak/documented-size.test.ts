import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SqliteStore } from '../../src/main/store/sqlite-store';
import { newRun, recordedSecond } from '../support/recorded-run';
import { tempFolder } from '../support/temp-folder';
import { databaseBytes } from './database-size';
import { documentedBytes, SECOND_BYTES, SERIES_BYTES, seriesBytes } from './documented-size';

const SECONDS = 120;
const SERIES = 20;

describe('what the history takes', () => {
  it.each(SERIES_BYTES)('seconds of $requests requests a series: as documented, within a quarter', async ({ requests }) => {
    const file = join(tempFolder(), 'runs.db');
    const store = SqliteStore.open(file);
    const id = await store.createRun(newRun({ seriesCount: SERIES }));
    const templates = Array.from({ length: 10 }, (_, second) =>
      recordedSecond(second + 1, { seriesCount: SERIES, requestsPerSeries: requests }),
    );
    await store.appendSecond(id, { ...recordedSecond(0, { seriesCount: SERIES }), second: 0 }, []);
    // What there is once for each run and once for each table is no part of it.
    const before = databaseBytes(file) ?? 0;
    let documented = 0;
    for (let second = 1; second <= SECONDS; second++) {
      const template = templates[second % templates.length];
      if (!template) throw new Error('there are ten templates');
      documented += documentedBytes(template);
      await store.appendSecond(id, { ...template, second }, []);
    }
    const ratio = ((databaseBytes(file) ?? 0) - before) / documented;
    await store.close();
    expect(ratio).toBeGreaterThan(0.75);
    expect(ratio).toBeLessThan(1.25);
  });

  it('the documentation says so', () => {
    const text = readFileSync(join(import.meta.dirname, '../../docs/statistics.md'), 'utf8');
    expect(text).toContain(`a second of a run takes about ${SECOND_BYTES} bytes`);
    for (const { requests, bytes } of SERIES_BYTES) expect(text).toContain(`| ${requests} | ${bytes} |`);
  });

  it('between the documented numbers of requests the logarithm counts', () => {
    expect(seriesBytes(0)).toBe(65);
    expect(seriesBytes(1)).toBe(65);
    expect(seriesBytes(Math.sqrt(1000))).toBeCloseTo((160 + 260) / 2, 6);
    expect(seriesBytes(5000)).toBe(600);
  });
});
