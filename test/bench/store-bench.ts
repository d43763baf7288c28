import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteStore } from '../../src/main/store/sqlite-store';
import { newRun, RUN_END, recordedSecond } from '../support/recorded-run';

/*
 * What a run of an hour with 20 series costs in the history: size of the file, time to store a second, to read charts, to sum up,
 * to list, to delete. Prints figures; asserts nothing.
 *   arguments: seconds (3600), requests per series and second (1000), sigma of the latencies' logarithm (0.5)
 */

const [seconds = 3600, requestsPerSeries = 1000, sigma = 0.5] = process.argv.slice(2).map(Number);
const seriesCount = 20;
/** Seconds that are made up and then used again and again: making them takes longer than storing them. */
const distinct = 30;

const folder = mkdtempSync(join(tmpdir(), 'nodeswarm-bench-'));
const file = join(folder, 'bench.db');

const print = (what: string, value: number, unit: string) =>
  console.log(`${what.padEnd(48)} ${value.toFixed(1).padStart(9)} ${unit}`);

async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  const start = performance.now();
  await work();
  print(what, performance.now() - start, 'ms');
}

try {
  const store = SqliteStore.open(file);
  const id = await store.createRun(newRun({ seriesCount }));
  const templates = Array.from({ length: distinct }, (_, i) => recordedSecond(i + 1, { seriesCount, requestsPerSeries, sigma }));
  const durations: number[] = [];
  for (let second = 0; second < seconds; second++) {
    const template = templates[second % distinct];
    if (!template) break;
    const start = performance.now();
    await store.appendSecond(id, { ...template, second }, []);
    durations.push(performance.now() - start);
  }
  durations.sort((a, b) => a - b);
  print('appendSecond, median', durations[Math.floor(durations.length / 2)] ?? 0, 'ms');
  print('appendSecond, longest', durations.at(-1) ?? 0, 'ms');
  await timed('finishRun', () => store.finishRun(id, RUN_END, []));
  await store.close();
  print('file', statSync(file).size / 1e6, 'MB');

  const reader = SqliteStore.open(file);
  await timed('readChart, all series (first read)', () => reader.readChart(id, null));
  await timed('readChart, all series', () => reader.readChart(id, null));
  await timed('readChart, one series', () => reader.readChart(id, 7));
  await timed('readRun (stored totals)', () => reader.readRun(id));
  await timed('readSeconds, all with histograms', () => reader.readSeconds(id));
  for (let run = 0; run < 1000; run++) await reader.createRun(newRun({ name: `run ${run}` }));
  await timed('listRuns, 1001 runs', () => reader.listRuns());
  await timed('deleteRun', () => reader.deleteRun(id));
  await reader.close();
  print('file after deleteRun', statSync(file).size / 1e6, 'MB');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
