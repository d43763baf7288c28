import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser, CDPSession, Page } from '@playwright/test';
import { SqliteStore } from '../../src/main/store/sqlite-store';
import type { ScenarioDocument } from '../../src/shared/scenario/schema';
import { AppServer } from '../e2e/app-server';
import { launchChromium } from '../support/chromium';
import { Nginx } from '../support/nginx';
import { storeLongRun } from './measure/long-runs';
import { type PageHeap, pageHeap } from './measure/page-heap';
import { median } from './measure/rounds';
import { timeToCompare, timeToOpen, timeToShow } from './measure/time-to-show';

/*
 * npm run bench:app: how the app in Chromium holds up. Start to first paint; opening a stored run of an hour with 20 series and comparing
 * two of them; then a run of 20 series at the engine's full speed against nginx, with the statistics open for its first half and the charts
 * for its second: long tasks of the page's main thread, frames a second, growth of its heap. Prints figures; asserts nothing.
 *   APP_BENCH_SECONDS   length of the run (180; 1800 for the heap over half an hour)
 *   APP_BENCH_STORED    length of the stored runs, seconds (3600)
 *   BENCH_JSON          a file to write the figures to
 */

const RUN_SECONDS = Number(process.env.APP_BENCH_SECONDS ?? 180);
const STORED_SECONDS = Number(process.env.APP_BENCH_STORED ?? 3600);
const SERIES = 20;
const NODES = 64;
const REPEATS = 5;
/** Compiling, first layout and first charts are no part of the course. */
const WARM_UP_SECONDS = Math.min(180, RUN_SECONDS / 4);
/** A task of the main thread that a user notices. */
const LONG_TASK_MS = 100;

const figures: Record<string, number> = {};

function report(what: string, value: number, unit: string, goal: string): void {
  figures[what] = value;
  const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
  console.log(`${what.padEnd(62)} ${value.toFixed(digits).padStart(8)} ${unit.padEnd(4)} (${goal})`);
}

async function storeLongRuns(file: string): Promise<void> {
  const store = SqliteStore.open(file);
  const size = { seconds: STORED_SECONDS, series: SERIES, requestsPerSeries: 500 };
  for (const name of ['An hour', 'Another hour']) await storeLongRun(store, name, size);
  await store.close();
}

/** Starts the app and opens it, from nothing to what a user sees. */
async function measureStart(app: AppServer, browser: Browser): Promise<{ server: number; paint: number }> {
  const begin = performance.now();
  await app.start();
  const server = performance.now() - begin;
  const page = await browser.newPage();
  await page.goto(app.link);
  await page.getByRole('button', { name: 'New scenario' }).waitFor();
  const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN);
  await page.close();
  return { server, paint };
}

async function measureStored(page: Page): Promise<void> {
  const opening: number[] = [];
  const comparing: number[] = [];
  for (let round = 0; round < REPEATS; round++) {
    opening.push(await timeToOpen(page, (round % 2) + 1));
    comparing.push(await timeToCompare(page, 1, 2));
  }
  report('Opening a stored run of an hour, 20 series: first time', opening[0] ?? 0, 'ms', 'goal: below 1000');
  report('Opening a stored run of an hour, 20 series: median', median(opening), 'ms', 'goal: below 1000');
  report('Comparing two of them: first time', comparing[0] ?? 0, 'ms', 'goal: below 1500');
  report('Comparing two of them: median', median(comparing), 'ms', 'goal: below 1500');
  await timeToShow(page, 'settings', ['Appearance']);
  await timeToShow(page, 'live/1', ['Aggregated']);
  const charts = page.getByRole('tab', { name: 'Charts' });
  const begin = performance.now();
  await charts.click();
  await page.getByRole('slider', { name: /^Latency heat map/ }).waitFor();
  await page.evaluate(() => new Promise(requestAnimationFrame));
  report('Its charts, after a click on their tab', performance.now() - begin, 'ms', 'goal: below 1000');
}

function fullSpeedScenario(baseUrl: string): ScenarioDocument {
  return {
    nodeswarm: 1,
    name: 'Full speed',
    target: { baseUrl },
    load: { nodes: NODES, spawnRate: NODES, durationSeconds: RUN_SECONDS },
    nodeTypes: [
      {
        name: 'node',
        wait: { kind: 'constant', seconds: 0 },
        tasks: Array.from({ length: SERIES }, (_, index) => ({
          name: `task_${index}`,
          steps: [
            {
              request: {
                method: 'POST',
                path: '/data',
                name: `/data/${index}`,
                body: { kind: 'json', text: '{"temperature":{{randomInteger(1,100)}}}' },
              },
            },
          ],
        })),
      },
    ],
  };
}

/** What the page counts of itself: long tasks, and frames in each second. */
interface PageCounts {
  longTasks: { at: number; ms: number }[];
  frames: number[];
}

function countInPage(page: Page): Promise<void> {
  return page.evaluate(() => {
    const counts: PageCounts = { longTasks: [], frames: [] };
    Reflect.set(window, 'benchCounts', counts);
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) counts.longTasks.push({ at: startTime, ms: duration });
    }).observe({ type: 'longtask' });
    let second = 0;
    const begin = performance.now();
    const count = (now: number) => {
      second = Math.floor((now - begin) / 1000);
      counts.frames[second] = (counts.frames[second] ?? 0) + 1;
      requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
  });
}

/** CPU time that the page's main thread has used, s: what a busy machine cannot make longer. */
async function mainThreadSeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
}

function reportHeap(first: PageHeap, last: PageHeap): void {
  const whole = ({ code, data }: PageHeap) => code + data;
  const mega = (what: string, bytes: number) => report(what, bytes / 1e6, 'MB', 'no goal');
  mega('Heap of the page after the warm-up', whole(first));
  mega('Heap of the page at the end', whole(last));
  report('Growth of the heap', (whole(last) / whole(first) - 1) * 100, '%', 'goal: below 10 over half an hour');
  mega('Of it data after the warm-up', first.data);
  mega('Of it data at the end', last.data);
  report('Growth of the data', (last.data / first.data - 1) * 100, '%', 'goal: below 10 over half an hour');
  mega('Behind typed arrays after the warm-up', first.buffers);
  mega('Behind typed arrays at the end', last.buffers);
}

async function measureRun(page: Page, baseUrl: string): Promise<void> {
  await timeToShow(page, 'welcome', ['Samples']);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open…' }).click();
  const buffer = Buffer.from(JSON.stringify(fullSpeedScenario(baseUrl)));
  await (await chooser).setFiles({ name: 'full-speed.nodeswarm.json', mimeType: 'application/json', buffer });
  await page.getByRole('button', { name: 'Start run', exact: true }).click();
  const session = await page.context().newCDPSession(page);
  // Each tab once: what is shown for the first time brings its code along, and that is no growth.
  for (const tab of ['Statistics', 'Charts']) {
    await page.getByRole('tab', { name: tab }).click();
    await page.waitForTimeout((WARM_UP_SECONDS / 2) * 1000);
  }

  const first = await pageHeap(session);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const cpuBefore = await mainThreadSeconds(session);
  const countedFrom = performance.now();
  await countInPage(page);
  const rest = RUN_SECONDS - WARM_UP_SECONDS - 10;
  // Charts last, as in the warm-up: the same things are on the screen when the heap is looked at, and what charts gather is there.
  for (const tab of ['Statistics', 'Charts']) {
    await page.getByRole('tab', { name: tab }).click();
    await page.waitForTimeout((rest / 2) * 1000);
  }
  const counts = await page.evaluate(() => Reflect.get(window, 'benchCounts') as PageCounts);
  const cpuSeconds = (await mainThreadSeconds(session)) - cpuBefore;
  const countedSeconds = (performance.now() - countedFrom) / 1000;
  const last = await pageHeap(session);

  await page.getByText('Finished').first().waitFor({ timeout: 60_000 });
  const rate = await page.evaluate(() => document.querySelector('main dl')?.textContent ?? '');
  console.log(`\nA run of ${RUN_SECONDS} s, ${SERIES} series, ${NODES} nodes without waits (${rate.slice(0, 60)}…)`);
  const frames = counts.frames.slice(1, -1).map((count) => count ?? 0);
  const long = counts.longTasks.filter(({ ms }) => ms > LONG_TASK_MS);
  report(`Tasks of the main thread over ${LONG_TASK_MS} ms`, long.length, '', 'goal: 0');
  report(
    'Longest task of the main thread',
    Math.max(0, ...counts.longTasks.map(({ ms }) => ms)),
    'ms',
    '50 and more are counted',
  );
  report('CPU time of the main thread in a second', (cpuSeconds / countedSeconds) * 1000, 'ms', 'no goal');
  report('Frames a second, median', median(frames), 'fps', 'goal: at least 50');
  report('Frames a second, worst second', Math.min(...frames), 'fps', 'no goal');
  reportHeap(first, last);
}

const app = new AppServer(mkdtempSync(join(tmpdir(), 'nodeswarm-app-bench-')));
const nginx = await Nginx.start(`location / { return 200 'ok'; }`, { log: false });
const browser = await launchChromium();
try {
  const starts: { server: number; paint: number }[] = [];
  for (let round = 0; round < REPEATS; round++) {
    starts.push(await measureStart(app, browser));
    await app.stop();
  }
  report('Start of the server until its link', median(starts.map(({ server }) => server)), 'ms', 'median');
  report('Opening the link until the first paint', median(starts.map(({ paint }) => paint)), 'ms', 'median');
  report('Start to first paint', median(starts.map(({ server, paint }) => server + paint)), 'ms', 'goal: below 2000');

  await storeLongRuns(app.databaseFile);
  await app.start();
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(app.link);
  await page.getByRole('button', { name: 'New scenario' }).waitFor();
  await measureStored(page);
  await measureRun(page, nginx.url);

  const file = process.env.BENCH_JSON;
  if (file) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(figures, null, 2));
  }
} finally {
  await browser.close();
  await app.stop();
  await nginx.stop();
  rmSync(app.folder, { recursive: true, force: true });
}
