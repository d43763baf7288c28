import { readFileSync } from 'node:fs';
import type { Download, Page } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import type { RunReport } from '../../src/shared/stats/report';
import { expect, test } from './fixtures';
import { openScenario, startRun, tutorialScenario } from './scenarios';

interface SavedFile {
  name: string;
  path: string;
  text: string;
}

async function read(download: Download): Promise<SavedFile> {
  const path = await download.path();
  return { name: download.suggestedFilename(), path, text: readFileSync(path, 'utf8') };
}

/** Clicks a button of the tab and waits for as many files. */
async function downloads(page: Page, button: string, count = 1): Promise<SavedFile[]> {
  const files: Promise<SavedFile>[] = [];
  const all = new Promise<void>((resolve) => {
    page.on('download', function take(download) {
      files.push(read(download));
      if (files.length < count) return;
      page.off('download', take);
      resolve();
    });
  });
  await page.getByRole('button', { name: `Download ${button}`, exact: true }).click();
  await all;
  return Promise.all(files);
}

async function downloaded(page: Page, button: string): Promise<SavedFile> {
  const [file] = await downloads(page, button);
  if (!file) throw new Error(`${button} was not saved`);
  return file;
}

function rowsOf(file: SavedFile): Record<string, string>[] {
  return parse(file.text, { columns: true });
}

test('hands out every file of a run, and each can be read', async ({ page, demo, context }) => {
  const backend = await demo({ errorPercent: 25, latency: { kind: 'fixed', ms: 2 } });
  await openScenario(page, tutorialScenario({ baseUrl: backend.url, nodes: 10, durationSeconds: 4 }));
  await startRun(page);
  await expect(page.getByRole('region', { name: 'Current run' })).toContainText('Finished', { timeout: 20_000 });
  await page.getByRole('tab', { name: 'Download data' }).click();

  const json = await downloaded(page, 'JSON');
  const report = JSON.parse(json.text) as RunReport;
  const sent = backend.stats.requests;
  expect(report.total.requests).toBe(sent);
  expect(report.total.failures).toBe(Object.values(backend.stats.routes).reduce((sum, { failed }) => sum + failed, 0));
  expect(report.total.failures).toBeGreaterThan(0);

  const statistics = rowsOf(await downloaded(page, 'Statistics (CSV)'));
  expect(statistics.map((row) => row.Name)).toEqual(['/greet', '/data', '/health', '/ota', 'Aggregated']);
  const aggregated = statistics.at(-1);
  expect(Number(aggregated?.['Request Count'])).toBe(sent);
  expect(Number(aggregated?.['Failure Count'])).toBe(report.total.failures);

  const history = rowsOf(await downloaded(page, 'History (CSV)'));
  expect(history.length).toBeGreaterThanOrEqual(4);
  expect(new Set(history.map((row) => row.Name))).toEqual(new Set(['Aggregated']));
  expect(Number(history.at(-1)?.['Total Request Count'])).toBe(sent);
  await page.getByRole('switch', { name: /^History with every request/ }).click();
  const fullHistory = rowsOf(await downloaded(page, 'History (CSV)'));
  expect(new Set(fullHistory.map((row) => row.Name))).toEqual(new Set(['/greet', '/data', '/health', '/ota', 'Aggregated']));

  const failures = rowsOf(await downloaded(page, 'Failures (CSV)'));
  expect(failures.reduce((sum, row) => sum + Number(row.Occurrences), 0)).toBe(report.total.failures);
  expect(rowsOf(await downloaded(page, 'Exceptions (CSV)'))).toEqual([]);

  const csvs = await downloads(page, 'All CSV files', 4);
  expect(csvs.map(({ name }) => name.replace(/^.*_(stats_history|stats|failures|exceptions)\.csv$/, '$1')).sort()).toEqual([
    'exceptions',
    'failures',
    'stats',
    'stats_history',
  ]);

  const hlog = await downloaded(page, 'Histogram log (.hlog)');
  expect(hlog.name).toMatch(/\.hlog$/);
  expect(countsOfLog(hlog.text)).toBe(sent);

  const html = await downloaded(page, 'HTML report');
  const report2 = await context.newPage();
  const troubles: string[] = [];
  report2.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
  report2.on('request', (request) => /^https?:/.test(request.url()) && troubles.push(request.url()));
  await report2.setContent(html.text);
  await expect(report2.getByRole('heading', { level: 1 })).toContainText('IoT backend');
  await expect(report2.getByRole('table').first()).toContainText('/data');
  expect(troubles).toEqual([]);
});

/** Requests in a histogram log: those of the lines without tag, which are of all series. */
function countsOfLog(text: string): number {
  return text
    .split('\n')
    .filter((line) => /^\d/.test(line))
    .reduce((sum, line) => {
      const encoded = line.split(',').at(-1) ?? '';
      return sum + decodeFromCompressedBase64(encoded).totalCount;
    }, 0);
}
