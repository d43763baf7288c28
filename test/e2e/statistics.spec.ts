import type { Locator } from '@playwright/test';
import { SqliteStore } from '../../src/main/store/sqlite-store';
import { formatFigure } from '../../src/renderer/ui/format';
import { buildReport } from '../../src/shared/stats/report';
import { expect, test } from './fixtures';
import { storeHistory } from './stored-runs';

test.beforeEach(async ({ app, page }) => {
  await storeHistory(app, [
    { name: 'Many requests', durationSeconds: 60, extraSeries: 60, failureRate: 0.05, invalidSeconds: [30, 31, 32] },
  ]);
  await page.goto(`${new URL(app.link).origin}/#/live/1`);
  await expect(page.getByRole('table', { name: 'Statistics by request' })).toBeVisible();
});

test('the aggregated row and the heads stay in sight, however long the table is and wherever it is scrolled to', async ({
  page,
}) => {
  const table = page.getByRole('table', { name: 'Statistics by request' });
  // Its cells stay, not the row itself.
  const aggregated = table
    .getByRole('row', { name: /Aggregated/ })
    .getByRole('cell')
    .nth(1);
  const head = table.getByRole('columnheader', { name: 'Name' });
  const first = table.getByRole('row', { name: /\/greet/ });
  const last = table.getByRole('row', { name: /\/extra\/59/ });
  await expect(first).toBeInViewport();
  // Those out of view are not drawn: a thousand of them took a third of each second.
  expect(await table.getByRole('row').count()).toBeLessThan(50);
  await expect(table).toHaveAttribute('aria-rowcount', '66');
  await expect(last).not.toBeInViewport();
  await expect(aggregated).toBeInViewport({ ratio: 1 });
  await table.hover();
  await page.mouse.wheel(0, 10_000);
  await expect(last).toBeInViewport({ ratio: 1 });
  await expect(first).not.toBeInViewport();
  await expect(aggregated).toBeInViewport({ ratio: 1 });
  await expect(head).toBeInViewport({ ratio: 1 });
  const [row, sum] = [await last.boundingBox(), await aggregated.boundingBox()];
  expect((row?.y ?? 0) + (row?.height ?? 0)).toBeLessThanOrEqual((sum?.y ?? 0) + 1);

  // Of so many series those to draw are searched for, and no more are drawn than can be told apart.
  await page.getByRole('tab', { name: 'Charts' }).click();
  await page.getByRole('combobox', { name: 'Charts of' }).click();
  await page.getByRole('combobox', { name: 'Search series' }).fill('side by');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '8 of 64 series' }).click();
  await expect(page.getByRole('button', { name: 'All', exact: true })).toBeDisabled();
  await page.getByRole('searchbox', { name: 'Search series' }).fill('extra/5');
  await page.getByRole('button', { name: 'All found' }).click();
  await page.keyboard.press('Escape');
  const lines = page.getByRole('figure', { name: /^Requests/ }).getByRole('listitem');
  await expect(lines).toHaveText([5, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59].map((path) => `POST /extra/${path}`));
  const strokes = await lines
    .locator('line')
    .evaluateAll((all) => all.map((line) => `${line.getAttribute('stroke')} ${line.getAttribute('stroke-dasharray')}`));
  expect(new Set(strokes).size, 'lines that are told apart').toBe(11);
});

test('what lies beyond the edge of a window that is too narrow for all columns has a sign, until it is scrolled to', async ({
  page,
}) => {
  const table = page.getByRole('table', { name: 'Statistics by request' });
  const scroller = table.locator('..');
  const sign = () => scroller.locator('..').evaluate((area) => getComputedStyle(area, '::after').content);
  await expect.poll(sign).toBe('none');
  await page.setViewportSize({ width: 800, height: 720 });
  await expect.poll(sign).not.toBe('none');
  await scroller.evaluate((element) => element.scrollTo(element.scrollWidth, 0));
  await expect.poll(sign).toBe('none');
});

test('of many failures and tasks those in view are drawn, and the keyboard reaches the others', async ({ page }) => {
  const drawn = (rows: Locator) => expect.poll(() => rows.count()).toBeLessThan(60);
  await page.getByRole('tab', { name: /^Failures/ }).click();
  const failures = page.getByRole('grid', { name: 'Failures' });
  const count = Number(await failures.getAttribute('aria-rowcount')) - 1;
  expect(count).toBeGreaterThan(60);
  const rows = failures.locator('tbody tr[tabindex]');
  await drawn(rows);
  const place = (index: number) => failures.locator(`tr[aria-rowindex="${index + 2}"]`);
  await place(0).focus();
  await page.keyboard.press('End');
  await expect(place(count - 1)).toBeFocused();
  await expect(place(count - 1)).toBeInViewport({ ratio: 1 });
  await expect(place(0)).toHaveCount(0);
  for (let row = count - 2; row > count - 30; row--) {
    await page.keyboard.press('ArrowUp');
    await expect(place(row)).toBeFocused();
  }
  // Below the head, which stays.
  const head = await failures.getByRole('columnheader').first().boundingBox();
  const focused = await place(count - 29).boundingBox();
  expect(focused?.y).toBeGreaterThanOrEqual((head?.y ?? 0) + (head?.height ?? 0));
  // As high as rows are reckoned with unless the user has chosen compact ones.
  expect(focused?.height).toBe(36);
  // A search that finds a few leads to the start, and the rows are there when it is cleared.
  const search = page.getByRole('searchbox', { name: 'Filter failures' });
  await search.fill('extra_59');
  await expect(place(count - 29)).toHaveCount(0);
  await search.fill('');
  await expect(place(0)).toBeInViewport({ ratio: 1 });
  await place(0).focus();
  await page.keyboard.press('Home');
  await expect(place(0)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: /^Failure / })).toBeVisible();

  await page.getByRole('tab', { name: 'Tasks' }).click();
  await drawn(page.getByRole('table', { name: 'Tasks' }).getByRole('row'));
  const bars = page.getByRole('list', { name: 'IoTNode' });
  await drawn(bars.getByRole('listitem'));
  await bars.focus();
  await page.keyboard.press('End');
  await expect(bars.getByText('extra_59', { exact: true })).toBeInViewport({ ratio: 1 });
  await expect(bars.getByText('send_data', { exact: true })).toHaveCount(0);
});

test('shows latency, or the response from schedule, as the store has them; columns are chosen and stay chosen', async ({
  app,
  page,
}) => {
  const store = SqliteStore.open(app.databaseFile);
  const data = await store.readRun(1);
  await store.close();
  if (!data) throw new Error('the run is not stored');
  const { total } = buildReport(data);
  const table = page.getByRole('table', { name: 'Statistics by request' });
  const pick = async (select: string, option: RegExp) => {
    await page.getByRole('combobox', { name: select }).click();
    await page.getByRole('option', { name: option }).click();
  };
  const cellOf = async (head: RegExp) => {
    const heads = await table.getByRole('columnheader').allTextContents();
    const index = heads.findIndex((text) => head.test(text));
    return table
      .getByRole('row', { name: /Aggregated/ })
      .getByRole('cell')
      .nth(index);
  };
  const expectTimes = async (of: { median: number | null; p95: number | null; p99: number | null; max: number | null }) => {
    await expect(await cellOf(/^Median/)).toHaveText(formatFigure(of.median));
    await expect(await cellOf(/^95 %ile/)).toHaveText(formatFigure(of.p95));
    await expect(await cellOf(/^99 %ile/)).toHaveText(formatFigure(of.p99));
    await expect(await cellOf(/^Max/)).toHaveText(formatFigure(of.max));
  };
  await pick('Statistics of', /^Whole run/);
  await expectTimes(total);
  await expect(await cellOf(/^Average ?ms/)).toHaveText(formatFigure(total.average));
  expect(total.responseFromSchedule.median).toBeGreaterThan(total.median ?? 0);
  await pick('Time shown', /^Response from schedule/);
  await expectTimes(total.responseFromSchedule);
  // Kept of latency only.
  await expect(await cellOf(/^Average ?ms/)).toHaveText('–');
  await pick('Time shown', /^Latency/);
  await expectTimes(total);

  await expect(table.getByRole('columnheader', { name: /^99\.9 %ile/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: /^99\.9 %ile/ }).click();
  await page.getByRole('menuitemcheckbox', { name: /^Missed/ }).click();
  await page.keyboard.press('Escape');
  await expect(await cellOf(/^99\.9 %ile/)).toHaveText(formatFigure(total.p999));

  // So do the order and the filter while another tab or view is looked at.
  const requests = table.getByRole('columnheader', { name: /^Requests/ });
  await requests.getByRole('button').click();
  await page.getByRole('searchbox', { name: 'Filter requests' }).fill('POST');
  const shown = await table.getByRole('row').allTextContents();
  await page.getByRole('tab', { name: 'Charts' }).click();
  await page.getByRole('link', { name: 'History' }).click();
  await page.goBack();
  await page.getByRole('tab', { name: 'Statistics' }).click();
  await expect(requests).toHaveAttribute('aria-sort', 'descending');
  await expect(table.getByRole('row')).toHaveText(shown);
  await page.reload();
  await expect(table.getByRole('columnheader', { name: /^99\.9 %ile/ })).toBeVisible();
  await expect(table.getByRole('columnheader', { name: /^Missed/ })).toHaveCount(0);
});

test('the badge of the generator says when it could not keep up and why, by what that is known, and what to do', async ({
  page,
}) => {
  await page.getByRole('button', { name: 'Generator: was overloaded for 3 s' }).click();
  const details = page.getByRole('dialog', { name: 'Load generator' });
  await expect(details).toContainText('00:30 to 00:33');
  await expect(details).toContainText('Schedule lag p99 is above 10 ms. Event-loop utilization is above 0.85.');
  await expect(details).toContainText('Schedule lag, 99 %ile of the run');
  await expect(details.getByRole('heading', { name: 'What to do' })).toBeVisible();
  await expect(details).toContainText('Start with more shards (Advanced)');
});
