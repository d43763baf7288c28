import type { Page } from '@playwright/test';
import { SqliteStore } from '../../src/main/store/sqlite-store';
import { formatClock, formatFigure } from '../../src/renderer/ui/format';
import type { StretchReport } from '../../src/shared/stats/report';
import type { AppServer } from './app-server';
import { dragOver, secondsOf } from './chart-pointer';
import { expect, test } from './fixtures';
import { openScenario, startRun, stopRun, tutorialScenario } from './scenarios';
import { storeHistory } from './stored-runs';

const slider = (page: Page, name: string) => page.getByRole('slider', { name: new RegExp(`^${name}`) });
const tab = (page: Page, name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) });
const scope = (page: Page) => page.getByRole('combobox', { name: 'Statistics of' });

/** Drags a stretch on the charts and says which seconds that are. */
async function chooseStretch(page: Page, from: number, to: number) {
  await tab(page, 'Charts').click();
  await dragOver(page, slider(page, 'Response times'), from, to);
  const status = page.getByRole('toolbar', { name: 'Charts' }).getByRole('status');
  await expect(status).toHaveText(/^\d\d:\d\d to \d\d:\d\d$/);
  const [start = 0, end = 0] = ((await status.textContent()) ?? '').split(' to ').map(secondsOf);
  return { from: start, to: end };
}

/** What the store holds of a stretch of run 1; without one of the whole run. */
async function stored(app: AppServer, range: { from?: number; to?: number } = {}, run = 1): Promise<StretchReport> {
  const store = SqliteStore.open(app.databaseFile);
  try {
    return await store.readStretch(run, range);
  } finally {
    await store.close();
  }
}

/** The cells of the row of Aggregated, by what their column is called. */
async function aggregated(page: Page): Promise<Record<string, string>> {
  const table = page.getByRole('table', { name: 'Statistics by request' });
  const heads = await table.getByRole('columnheader').allTextContents();
  const cells = await table
    .getByRole('row', { name: /Aggregated/ })
    .getByRole('cell')
    .allTextContents();
  return Object.fromEntries(heads.map((head, index) => [head.replace(/ ?ms$/, '').trim(), cells[index] ?? '']));
}

function expectedRow({ total }: Pick<StretchReport, 'total'>): Record<string, string> {
  return {
    Requests: total.requests.toLocaleString('en-US'),
    Fails: total.failures.toLocaleString('en-US'),
    Median: formatFigure(total.median),
    '95 %ile': formatFigure(total.p95),
    '99 %ile': formatFigure(total.p99),
    RPS: formatFigure(total.rps),
    'Failures/s': formatFigure(total.failuresPerSecond),
  };
}

const count = (text: string | undefined) => Number(text?.replaceAll(',', ''));
/** The sum of a column of a table. */
const sumOf = async (page: Page, table: string, column: number) => {
  const cells = await page.locator(`table[aria-label="${table}"] tbody td:nth-child(${column})`).allTextContents();
  return cells.reduce((sum, text) => sum + count(text), 0);
};

test('a stretch chosen on the charts of a stored run restricts statistics, failures and tasks to it, and a reset brings all back', async ({
  page,
  app,
}) => {
  await storeHistory(app, [
    { name: 'Night run', durationSeconds: 120, failureRate: 0.1 },
    { name: 'Next run', durationSeconds: 120 },
  ]);
  await page.getByRole('link', { name: 'History' }).click();
  await page.goto(`${new URL(app.link).origin}/#/live/1`);
  await expect(scope(page)).toContainText('Steady phase');
  const steady = await aggregated(page);

  // The ramp of the first ten seconds and what follows it.
  const window = await chooseStretch(page, 0.1, 0.4);
  const report = await stored(app, window);
  expect(report.phases.ramp).toBeGreaterThan(0);
  expect(report.phases.steady).toBeGreaterThan(0);
  await tab(page, 'Statistics').click();
  await expect(page.getByText(/^00:\d\d chosen in the charts \(00:0\d ramp, 00:\d\d steady phase\)$/)).toBeVisible();
  await expect.poll(() => aggregated(page)).toMatchObject(expectedRow(report));

  await tab(page, 'Failures').click();
  await expect(page.getByText(/^Only 00:\d\d to 00:\d\d of the run: .*\(00:0\d ramp, /)).toBeVisible();
  const failed = report.failures.reduce((sum, { occurrences }) => sum + occurrences, 0);
  expect(failed).toBeGreaterThan(0);
  await expect.poll(() => sumOf(page, 'Failures', 4)).toBe(failed);
  await expect(tab(page, 'Failures')).toContainText(failed.toLocaleString('en-US'));
  await tab(page, 'Tasks').click();
  await expect(page.getByText(/^Only 00:\d\d to 00:\d\d of the run/)).toBeVisible();
  const executed = (of: StretchReport) => of.tasks.reduce((sum, task) => sum + task.executed, 0);
  const tasks = () => sumOf(page, 'Tasks', 4);
  expect(executed(report)).toBeGreaterThan(0);
  await expect.poll(tasks).toBe(executed(report));

  // Another scope while the stretch stays in the charts: all tabs are of the whole; and back.
  await tab(page, 'Statistics').click();
  await scope(page).click();
  await page.getByRole('option', { name: /^Whole run/ }).click();
  const whole = await stored(app);
  await expect.poll(() => aggregated(page)).toMatchObject(expectedRow(whole));
  await tab(page, 'Tasks').click();
  await expect.poll(tasks).toBe(executed(whole));
  await tab(page, 'Charts').click();
  await page.getByRole('button', { name: 'Statistics of this stretch' }).click();
  await expect.poll(() => aggregated(page)).toMatchObject(expectedRow(report));
  await scope(page).click();
  await page.getByRole('option', { name: /^Steady phase/ }).click();
  await expect.poll(() => aggregated(page)).toEqual(steady);

  // Another stretch turns the tables to it again; the reset brings back what they were of before.
  const later = await chooseStretch(page, 0.5, 0.9);
  await tab(page, 'Statistics').click();
  await expect.poll(() => aggregated(page)).toMatchObject(expectedRow(await stored(app, later)));
  await expect(page.getByText(/^00:\d\d chosen in the charts/)).toBeVisible();
  await page.getByRole('button', { name: 'Back to steady phase' }).click();
  await expect(scope(page)).toContainText('Steady phase');
  await expect.poll(() => aggregated(page)).toEqual(steady);
  await tab(page, 'Failures').click();
  await expect.poll(() => sumOf(page, 'Failures', 4)).toBe(whole.failures.reduce((sum, { occurrences }) => sum + occurrences, 0));

  // A stretch goes along to the comparison.
  const compared = await chooseStretch(page, 0.5, 0.9);
  await page.getByRole('button', { name: 'Compare with run 2' }).click();
  await expect(page).toHaveURL(new RegExp(`#/compare/1,2/${compared.from}-${compared.to}$`));
  await expect(page.getByText(/^Only 0\d:\d\d to 0\d:\d\d since the start of each run is compared\./)).toBeVisible();
  const ofWindow = page.getByText(/^Counts and rates of the window, in all phases/);
  await expect(ofWindow).toBeVisible();

  // Whoever goes back finds the run as it was left; and the comparison too, with what was chosen there.
  const chosen = page.getByRole('toolbar', { name: 'Charts' }).getByRole('status');
  const text = `${formatClock(compared.from)} to ${formatClock(compared.to)}`;
  await page.goBack();
  await expect(chosen).toHaveText(text);
  await page.goForward();
  // The charts move down when the verdicts come in above them.
  await expect(ofWindow).toBeVisible();
  await dragOver(page, slider(page, 'p95').first(), 0.2, 0.6);
  await expect(page).not.toHaveURL(new RegExp(`/${compared.from}-${compared.to}$`));
  const address = page.url();
  await expect(page).toHaveURL(/#\/compare\/1,2\/\d+-\d+$/);
  await page.getByRole('button', { name: /^Mar 1, 2026/ }).click();
  await expect(chosen).toHaveText(text);
  await page.goBack();
  await expect(page).toHaveURL(address);
  const [, from, to] = /(\d+)-(\d+)$/.exec(address) ?? [];
  const within = page.getByText(`Only ${formatClock(Number(from))} to ${formatClock(Number(to))} since the start`);
  await expect(within).toBeVisible();
  await page.getByRole('button', { name: 'Compare the whole runs' }).click();
  await expect(page).toHaveURL(/#\/compare\/1,2$/);
  await expect(within).toHaveCount(0);
});

test('a stretch chosen while a run is on is followed to its end, and the statistics are those of the store', async ({
  page,
  app,
  demo,
}) => {
  const backend = await demo({ errorPercent: 20 });
  await openScenario(page, tutorialScenario({ baseUrl: backend.url, nodes: 5 }));
  await startRun(page);
  await tab(page, 'Charts').click();
  await expect(slider(page, 'Response times')).toBeVisible();
  // The axis is of a minute at first: most of this stretch is still to come.
  const window = await chooseStretch(page, 0.08, 0.9);
  await tab(page, 'Statistics').click();
  const requests = async () => count((await aggregated(page)).Requests);
  await expect.poll(requests).toBeGreaterThan(0);
  const before = await requests();
  await expect.poll(requests, { timeout: 30_000 }).toBeGreaterThan(before);
  await stopRun(page);
  const report = await stored(app, window);
  await expect.poll(() => aggregated(page)).toMatchObject(expectedRow(report));
  await tab(page, 'Failures').click();
  const failed = report.failures.reduce((sum, { occurrences }) => sum + occurrences, 0);
  await expect.poll(() => sumOf(page, 'Failures', 4)).toBe(failed);
  await page.getByRole('button', { name: 'Back to whole run' }).click();
  await tab(page, 'Statistics').click();
  await expect.poll(() => aggregated(page)).toMatchObject(expectedRow(await stored(app)));
});

test('a stretch chosen in a comparison restricts its failures to it, as the store has them', async ({ page, app }) => {
  await storeHistory(app, [
    { name: 'Version 1', failureRate: 0.05 },
    { name: 'Version 2', failureRate: 0.1 },
  ]);
  await page.getByRole('link', { name: 'History' }).click();
  await page.goto(`${new URL(app.link).origin}/#/compare/1,2`);
  const failures = async () => [await sumOf(page, 'Failures', 4), await sumOf(page, 'Failures', 5)];
  const held = async (range = {}) =>
    Promise.all([1, 2].map(async (run) => (await stored(app, range, run)).failures.reduce((sum, f) => sum + f.occurrences, 0)));
  const whole = await held();
  await expect.poll(failures).toEqual(whole);
  await dragOver(page, slider(page, 'p95').first(), 0.4, 0.8);
  const line = page.getByText(/^Only \d\d:\d\d to \d\d:\d\d since the start of each run is compared/);
  const [from = 0, to = 0] = ((await line.textContent()) ?? '').match(/\d\d:\d\d/g)?.map(secondsOf) ?? [];
  await expect(page.getByText(/^Counts and rates of the window, in all phases/)).toBeVisible();
  await expect.poll(failures).toEqual(await held({ from, to }));
  await page.getByRole('button', { name: 'Compare the whole runs' }).click();
  await expect.poll(failures).toEqual(whole);
});
