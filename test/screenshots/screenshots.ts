import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { DemoBackend } from '../../src/main/demo/demo-backend';
import { AppServer } from '../e2e/app-server';
import { storeHistory } from '../e2e/stored-runs';
import { launchChromium } from '../support/chromium';

/*
 * npm run screenshots [-- views|live]: every view of the app in light and dark, with data in it, as docs/images/VIEW-THEME.png. The stored
 * runs are the same each time (`views`); the run that is on (`live`) is a real one of 50 s against the demo backend, which a busy machine would
 * mark as not to be trusted.
 */

const [part] = process.argv.slice(2);
if (part !== undefined && part !== 'views' && part !== 'live') throw new Error(`There are views and live to take, no ${part}.`);

const root = join(import.meta.dirname, '../..');
const images = join(root, 'docs/images');
const THEMES = ['light', 'dark'] as const;
const SIZE = { width: 1280, height: 800 };
const WIDE = { width: 1920, height: 1080 };
/** Long enough for a course in the charts. */
const RUN_SECONDS = 50;

/** A fortnight of runs of the tutorial: one backend that becomes slower, one day with trouble. */
const HISTORY: Parameters<typeof storeHistory>[1] = [
  { name: 'Release 1.4', run: { baseline: true, note: 'Reference for the spring releases' } },
  { name: 'Release 1.5, first try', latencyFactor: 1.08, failureRate: 0.004 },
  { name: 'Database moved', latencyFactor: 1.6, failureRate: 0.03, run: { note: 'Index on device_id was missing' } },
  { name: 'Database moved, with index', latencyFactor: 1.05, failureRate: 0.002 },
  { name: 'Twice the fleet', nodes: 200, spawnRate: 10, latencyFactor: 1.2, invalidSeconds: [80, 81, 82, 83] },
  { name: 'Release 1.6', latencyFactor: 1.38, failureRate: 0.012, run: { note: 'New validation of payloads' } },
  { name: 'Release 1.6, cache off', durationSeconds: 140, latencyFactor: 1.7, run: { status: 'stopped' } },
];

async function openPage(browser: Browser, app: AppServer, colorScheme: (typeof THEMES)[number]): Promise<Page> {
  const context = await browser.newContext({
    viewport: SIZE,
    colorScheme,
    reducedMotion: 'reduce',
    locale: 'en-US',
    timezoneId: 'UTC',
  });
  const page = await context.newPage();
  await page.goto(app.link);
  await page.getByRole('button', { name: 'New scenario' }).waitFor();
  return page;
}

async function show(page: Page, view: string): Promise<void> {
  await page.evaluate((name) => window.location.assign(`#/${name}`), view);
}

/** Takes a picture once nothing changes any more. */
async function take(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.mouse.move(0, 0);
  await page.waitForTimeout(700);
  await page.screenshot({ path: join(images, `${name}.png`) });
  console.log(`  ${name}.png`);
}

async function takeStored(page: Page, theme: string): Promise<void> {
  await take(page, `welcome-${theme}`);
  await show(page, 'history');
  await page.getByRole('grid', { name: 'Runs' }).getByRole('row').nth(1).waitFor();
  await take(page, `history-${theme}`);
  await show(page, 'compare/1,6');
  await page.getByRole('table', { name: 'Verdicts' }).waitFor();
  await take(page, `compare-${theme}`);
  await page.getByRole('heading', { name: 'Over time' }).scrollIntoViewIfNeeded();
  await page.getByRole('figure', { name: /^Percentile spectrum/ }).scrollIntoViewIfNeeded();
  await take(page, `compare-charts-${theme}`);
  await show(page, 'live/6');
  await page.getByRole('table', { name: 'Statistics by request' }).waitFor();
  await take(page, `run-statistics-${theme}`);
  await page.getByRole('tab', { name: /^Failures/ }).click();
  await page.getByRole('grid', { name: 'Failures' }).getByRole('button', { name: 'HTTP 503' }).first().click();
  await take(page, `run-failures-${theme}`);
  await page.getByRole('tab', { name: 'Tasks' }).click();
  await take(page, `run-tasks-${theme}`);
  await show(page, 'settings');
  await take(page, `settings-${theme}`);
}

async function openScenario(page: Page, scenario: string): Promise<void> {
  await show(page, 'welcome');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open…' }).click();
  await (await chooser).setFiles({
    name: 'iot-backend.nodeswarm.json',
    mimeType: 'application/json',
    buffer: Buffer.from(scenario),
  });
  await page.getByRole('treeitem', { name: /^POST \/data/ }).waitFor();
}

async function takeEditor(page: Page, theme: string, scenario: string): Promise<void> {
  await openScenario(page, scenario);
  await page.getByRole('treeitem', { name: /^POST \/data/ }).click();
  await page.getByRole('article', { name: 'Node 0' }).waitFor();
  await page.getByRole('button', { name: 'Send once' }).click();
  await page.getByText('200 OK').first().waitFor();
  await take(page, `editor-${theme}`);
  await page.getByRole('treeitem', { name: /^Load/ }).click();
  await take(page, `editor-load-${theme}`);
}

/** Both themes look at the same run. */
async function takeLive(pages: Record<(typeof THEMES)[number], Page>): Promise<void> {
  await pages.light.getByRole('button', { name: 'Start run', exact: true }).click();
  for (const theme of THEMES) {
    await show(pages[theme], 'live');
    await pages[theme].getByRole('tab', { name: 'Charts' }).click();
  }
  await pages.light.waitForTimeout(RUN_SECONDS * 1000);
  for (const theme of THEMES) {
    await take(pages[theme], `live-${theme}`);
    await pages[theme].setViewportSize(WIDE);
    await take(pages[theme], `live-wide-${theme}`);
    await pages[theme].setViewportSize(SIZE);
  }
  await pages.light.getByRole('button', { name: 'Stop', exact: true }).click();
}

mkdirSync(images, { recursive: true });
const app = new AppServer(mkdtempSync(join(tmpdir(), 'nodeswarm-')));
const backend = await DemoBackend.start({ latency: { kind: 'lognormal', medianMs: 12, p99Ms: 90 }, errorPercent: 0.4 });
const browser = await launchChromium();
try {
  if (part !== 'live') await storeHistory(app, HISTORY);
  await app.start();
  const sample = readFileSync(join(root, 'resources/scenarios/iot-backend.nodeswarm.json'), 'utf8');
  const document = {
    ...JSON.parse(sample),
    target: { baseUrl: backend.url },
    load: { nodes: 100, spawnRate: 5, durationSeconds: 300 },
  };
  const scenario = JSON.stringify(document, null, 2);
  const pages = { light: await openPage(browser, app, 'light'), dark: await openPage(browser, app, 'dark') };
  if (part !== 'live') {
    for (const theme of THEMES) await takeStored(pages[theme], theme);
    for (const theme of THEMES) await takeEditor(pages[theme], theme, scenario);
  }
  if (part !== 'views') {
    for (const theme of THEMES) await openScenario(pages[theme], scenario);
    await takeLive(pages);
  }
} finally {
  await browser.close();
  await app.stop();
  await backend.stop();
  rmSync(app.folder, { recursive: true, force: true });
}
