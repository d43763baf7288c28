import type { Page } from '@playwright/test';
import { SqliteStore } from '../../src/main/store/sqlite-store';
import { formatFigure } from '../../src/renderer/ui/format';
import type { AppServer } from './app-server';
import { dragOver, secondsOf } from './chart-pointer';
import { expect, test } from './fixtures';
import { storeHistory } from './stored-runs';

const CHARTS = ['Requests and failures', 'Response times', 'Nodes', 'Latency heat map'];
const RAMP_SECONDS = 10;
const DURATION_SECONDS = 120;

const slider = (page: Page, name: string) => page.getByRole('slider', { name: new RegExp(`^${name}`) });
const figure = (page: Page, name: string) => page.getByRole('figure', { name: new RegExp(`^${name}`) });
const toolbar = (page: Page) => page.getByRole('toolbar', { name: 'Charts' });
const aggregated = (page: Page) =>
  page
    .getByRole('table', { name: 'Statistics by request' })
    .getByRole('row', { name: /Aggregated/ })
    .getByRole('cell')
    .nth(2);

/** What the store holds of each second of the run, of one series or of all (`null`). */
async function storedSeconds(app: AppServer, series: number | null = null) {
  const store = SqliteStore.open(app.databaseFile);
  const { second, requests, failures } = await store.readChart(1, series);
  await store.close();
  return Array.from(second, (at, index) => ({ second: at, requests: requests[index] ?? 0, failures: failures[index] ?? 0 }));
}

/** The seconds that the toolbar says are zoomed to. */
async function zoomedTo(page: Page): Promise<{ from: number; to: number; text: string }> {
  const status = toolbar(page).getByRole('status');
  await expect(status).toHaveText(/^\d\d:\d\d to \d\d:\d\d$/);
  const text = (await status.textContent()) ?? '';
  const [from = 0, to = 0] = text.split(' to ').map(secondsOf);
  return { from, to, text };
}

test.beforeEach(async ({ app, page }) => {
  await storeHistory(app, [{ name: 'Night run', durationSeconds: DURATION_SECONDS, invalidSeconds: [50, 51, 52] }]);
  await page.goto(`${new URL(app.link).origin}/#/live/1`);
  await page.getByRole('tab', { name: 'Charts' }).click();
  await expect(figure(page, 'Requests and failures')).toBeVisible();
});

test('a drag over a chart zooms all of them, and the statistics to the same seconds; reset brings the whole back', async ({
  page,
  app,
}) => {
  const hint = 'Drag over a chart to choose a stretch';
  await expect(toolbar(page)).toContainText(hint);
  await dragOver(page, slider(page, 'Response times'), 0.4, 0.7);
  const { from, to, text } = await zoomedTo(page);
  expect(from).toBeGreaterThan(RAMP_SECONDS);
  expect(to).toBeGreaterThan(from + 2);
  expect(to).toBeLessThan(DURATION_SECONDS);
  // Another chart has the same window.
  const nodes = slider(page, 'Nodes');
  await nodes.focus();
  await page.keyboard.press('Home');
  await expect(nodes).toHaveAttribute('aria-valuemin', String(from));
  await expect(nodes).toHaveAttribute('aria-valuemax', String(to));
  await expect(nodes).toHaveAttribute('aria-valuenow', String(from));
  await page.keyboard.press('End');
  await expect(nodes).toHaveAttribute('aria-valuenow', String(to - 1));
  await expect(nodes).toHaveAttribute('aria-valuetext', /: Planned 100, Living 100$/);

  await page.getByRole('button', { name: 'Statistics of this stretch' }).click();
  await expect(page.getByRole('combobox', { name: 'Statistics of' })).toContainText(text);
  const seconds = await storedSeconds(app);
  const sum = (within: (second: number) => boolean) =>
    seconds.filter(({ second }) => within(second)).reduce((total, { requests }) => total + requests, 0);
  const inWindow = sum((second) => second >= from && second < to);
  expect(inWindow).toBeGreaterThan(0);
  await expect(aggregated(page)).toHaveText(inWindow.toLocaleString('en-US'));
  await page.getByRole('button', { name: 'Back to steady phase' }).click();
  await expect(page.getByRole('combobox', { name: 'Statistics of' })).toContainText('Steady phase');

  await page.getByRole('tab', { name: 'Charts' }).click();
  await expect(toolbar(page)).toContainText(hint);
  const reset = [
    () => page.getByRole('button', { name: 'Reset zoom' }).click(),
    () => slider(page, 'Nodes').dblclick(),
    () => slider(page, 'Nodes').press('Escape'),
  ];
  for (const bringBack of reset) {
    await dragOver(page, slider(page, 'Requests and failures'), 0.5, 0.8);
    await zoomedTo(page);
    await bringBack();
    await expect(toolbar(page)).toContainText(hint);
    await nodes.focus();
    await page.keyboard.press('Home');
    await expect(nodes).toHaveAttribute('aria-valuemin', '0');
    await expect(nodes).toHaveAttribute('aria-valuemax', String(DURATION_SECONDS + 1));
  }
});

test('the pointer over one chart reads the values of that second on all of them', async ({ page, app }) => {
  const clocks = page
    .getByRole('main')
    .getByText(/^\d\d:\d\d$/)
    .filter({ visible: true });
  const line = (chart: string, label: string) =>
    figure(page, chart)
      .getByRole('listitem')
      .filter({ hasText: new RegExp(`^${label}`) });
  const shownBefore = await clocks.count();
  await slider(page, 'Requests and failures').hover();
  // A clock at the cursor of each chart, with the same time.
  await expect(clocks).toHaveCount(shownBefore + CHARTS.length);
  const texts = await Promise.all(
    CHARTS.map((chart) =>
      figure(page, chart)
        .getByText(/^\d\d:\d\d$/)
        .filter({ visible: true })
        .textContent(),
    ),
  );
  expect(new Set(texts).size).toBe(1);
  const second = secondsOf(texts[0] ?? '');
  const stored = (await storedSeconds(app)).find((one) => one.second === second);
  await expect(line('Requests and failures', 'Requests/s')).toHaveText(`Requests/s${formatFigure(stored?.requests)}`);
  await expect(line('Requests and failures', 'Failures/s')).toHaveText(`Failures/s${formatFigure(stored?.failures)}`);
  for (const percentile of ['p50', 'p90', 'p95', 'p99', 'max']) {
    await expect(line('Response times', percentile)).toHaveText(new RegExp(`^${percentile}[\\d.,]+$`));
  }
  await expect(line('Nodes', 'Living')).toHaveText('Living100');
  await expect(figure(page, 'Latency heat map')).toContainText(/most at [\d.]+ to [\d.]+ ms: \d+/);

  await page.mouse.move(2, 2);
  await expect(clocks).toHaveCount(shownBefore);
  await expect(line('Requests and failures', 'Requests/s')).toHaveText('Requests/s');
  await expect(line('Nodes', 'Living')).toHaveText('Living');
  await expect(figure(page, 'Latency heat map')).not.toContainText('most at');
});

test('series are drawn side by side, some of them or one alone', async ({ page, app }) => {
  const names = ['GET /greet', 'POST /data', 'POST /health', 'GET /ota'];
  const chartsOf = page.getByRole('combobox', { name: 'Charts of' });
  const choose = async (option: string) => {
    await chartsOf.click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };
  const lines = (chart: string) => figure(page, chart).getByRole('listitem');
  /** The pointer over a chart, and the second that it reads. */
  const hoverOver = async (chart: string) => {
    await slider(page, chart).hover();
    const clock = await figure(page, chart)
      .getByText(/^\d\d:\d\d$/)
      .filter({ visible: true })
      .textContent();
    return secondsOf(clock ?? '');
  };
  const storedAt = async (series: number, at: number) =>
    (await storedSeconds(app, series)).find(({ second }) => second === at) ?? { requests: 0, failures: 0 };

  await choose('Series side by side');
  for (const chart of ['Requests', 'Failures', 'Response times, p95']) await expect(lines(chart)).toHaveText(names);
  const second = await hoverOver('Requests');
  for (const [series, name] of names.entries()) {
    await expect(lines('Requests').nth(series)).toHaveText(`${name}${formatFigure((await storedAt(series, second)).requests)}`);
  }
  await page.mouse.move(2, 2);
  await page.getByRole('button', { name: '4 of 4 series' }).click();
  await page.getByRole('checkbox', { name: 'POST /health' }).click();
  await page.keyboard.press('Escape');
  await expect(lines('Requests')).toHaveText(names.filter((name) => name !== 'POST /health'));
  await page.getByRole('combobox', { name: 'Response time' }).click();
  await page.getByRole('option', { name: 'p50' }).click();
  await expect(lines('Response times, p50')).toHaveCount(3);

  await choose('POST /data');
  const alone = await hoverOver('Requests and failures');
  const stored = await storedAt(1, alone);
  await expect(lines('Requests and failures')).toHaveText([
    `Requests/s${formatFigure(stored.requests)}`,
    `Failures/s${formatFigure(stored.failures)}`,
  ]);
  await choose('All series together');
  const all = (await storedSeconds(app)).find((one) => one.second === alone);
  await slider(page, 'Requests and failures').hover();
  await expect(lines('Requests and failures').first()).toHaveText(`Requests/s${formatFigure(all?.requests)}`);
});

test('events are marked at their time, and what is no steady second is shaded', async ({ page }) => {
  const events = page.getByRole('list', { name: 'Events of the run' }).getByRole('button');
  await expect(events).toHaveCount(2);
  const spawned = page.getByRole('button', { name: '00:10 All 100 nodes are up.' });
  await expect(page.getByRole('button', { name: '02:00 The planned duration is over.' })).toBeVisible();
  // The pointer below the mark reads its second.
  const mark = await spawned.boundingBox();
  const chart = await slider(page, 'Requests and failures').boundingBox();
  if (!mark || !chart) throw new Error('the mark or the chart is not in sight');
  await page.mouse.move(mark.x + mark.width / 2 + 2, chart.y + chart.height / 2);
  await expect(figure(page, 'Requests and failures').getByText('00:10', { exact: true })).toBeVisible();

  const shade = (second: number) => commonestColor(page, 'Requests and failures', second);
  await expect.poll(() => shade(60)).not.toBe(await shade(2));
  expect(await shade(7)).toBe(await shade(2));
  expect(await shade(100)).toBe(await shade(60));
  // The generator was the limit then: neither steady nor a ramp.
  expect(await shade(51)).not.toBe(await shade(60));
  expect(await shade(51)).not.toBe(await shade(2));

  await dragOver(page, slider(page, 'Requests and failures'), 0.3, 0.6);
  await zoomedTo(page);
  await expect(spawned).toBeHidden();
  await page.getByRole('button', { name: 'Reset zoom' }).click();
  await expect(spawned).toBeVisible();

  // Of two columns of charts each has the marks above it.
  await page.setViewportSize({ width: 1920, height: 1080 });
  const marks = page.getByRole('button', { name: '00:10 All 100 nodes are up.', includeHidden: true });
  await expect(marks).toHaveCount(2);
  const [left, right] = await Promise.all([0, 1].map((place) => marks.nth(place).boundingBox()));
  const times = await slider(page, 'Response times').boundingBox();
  if (!left || !right || !times) throw new Error('a mark or the chart is not in sight');
  expect(right.y).toBe(left.y);
  expect(right.x).toBeGreaterThan(times.x);
});

/** The colour that most of a chart's plot has at a second: what is behind the lines. */
async function commonestColor(page: Page, chart: string, second: number): Promise<string> {
  return figure(page, chart)
    .locator('canvas')
    .evaluate(
      (canvas: HTMLCanvasElement, share) => {
        // Space beside the plot: see PLOT_LEFT and its like in the charts.
        const [left, right, top, bottom] = [52, 12, 8, 22];
        const ratio = canvas.width / canvas.clientWidth;
        const x = Math.round((left + share * (canvas.clientWidth - left - right)) * ratio);
        const height = Math.round((canvas.clientHeight - top - bottom) * ratio);
        const data = canvas.getContext('2d')?.getImageData(x, Math.round(top * ratio), 1, height).data ?? [];
        const counts = new Map<string, number>();
        for (let at = 0; at < data.length; at += 4) {
          const color = Array.from(data.slice(at, at + 4)).join(' ');
          counts.set(color, (counts.get(color) ?? 0) + 1);
        }
        return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? '';
      },
      (second + 0.5) / (DURATION_SECONDS + 1),
    );
}

test('the shading of seconds in which the generator was overloaded is named where there is one, in a place that is kept', async ({
  app,
  page,
}) => {
  const key = page.getByRole('list', { name: 'What lies behind the lines' });
  await expect(key.getByRole('listitem')).toHaveCount(2);
  const before = await key.boundingBox();
  await storeHistory(app, [{ name: 'Calm run', durationSeconds: DURATION_SECONDS }]);
  await page.goto(`${new URL(app.link).origin}/#/live/2`);
  await page.getByRole('tab', { name: 'Charts' }).click();
  await expect(page.getByRole('heading', { name: 'Calm run' })).toBeVisible();
  await expect(key.getByRole('listitem')).toHaveCount(1);
  expect((await key.boundingBox())?.height).toBe(before?.height);
});

test('charts say where there was no request in the seconds that they show', async ({ app, page }) => {
  await storeHistory(app, [{ name: 'Idle run', durationSeconds: DURATION_SECONDS, requestsPerNode: 0 }]);
  await page.goto(`${new URL(app.link).origin}/#/live/2`);
  await expect(page.getByRole('heading', { name: 'Idle run' })).toBeVisible();
  await page.getByRole('tab', { name: 'Charts' }).click();
  const nothing = page.getByText('No requests in these seconds.');
  // Its nodes greet while they come up.
  await expect(figure(page, 'Requests and failures').locator('canvas')).toBeVisible();
  await expect(nothing).toHaveCount(0);
  await dragOver(page, slider(page, 'Requests and failures'), 0.5, 0.8);
  await zoomedTo(page);
  await expect(nothing).toHaveCount(3);
  await expect(figure(page, 'Nodes').filter({ has: nothing })).toHaveCount(0);
  await page.getByRole('button', { name: 'Reset zoom' }).click();
  await expect(nothing).toHaveCount(0);
});
