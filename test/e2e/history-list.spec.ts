import type { Page } from '@playwright/test';
import { SqliteStore } from '../../src/main/store/sqlite-store';
import { formatFigure, formatShare } from '../../src/renderer/ui/format';
import { buildReport } from '../../src/shared/stats/report';
import { makeRun } from '../support/run-data';
import { expect, test } from './fixtures';
import { storeHistory } from './stored-runs';

const { scenario } = makeRun({ durationSeconds: 1 }).data.run;

const runs = (page: Page) => page.getByRole('grid', { name: 'Runs' });

test.beforeEach(async ({ app, page }) => {
  await storeHistory(app, [
    { name: 'Morning', durationSeconds: 30, run: { note: 'firmware 2.1' } },
    { name: 'Evening', durationSeconds: 50, run: { status: 'stopped' } },
    { name: 'Login storm', durationSeconds: 40, run: { scenario: { ...scenario, name: 'Login and publish' } } },
    {
      name: 'Login again',
      durationSeconds: 20,
      run: { scenario: { ...scenario, name: 'Login and publish' }, note: 'Firmware 3' },
    },
  ]);
  await page.getByRole('link', { name: 'History' }).click();
  await expect(runs(page)).toBeVisible();
});

/** The runs in sight, in their order. */
async function expectRuns(page: Page, ...expected: string[]): Promise<void> {
  await expect
    .poll(
      () =>
        runs(page)
          .getByRole('row')
          .evaluateAll((rows) => rows.length - 1),
      { message: expected.join(', ') },
    )
    .toBe(expected.length);
  for (const [index, name] of expected.entries())
    await expect(
      runs(page)
        .getByRole('row')
        .nth(index + 1),
    ).toContainText(name);
}

test('runs are found by words, by scenario and by status', async ({ page }) => {
  const search = page.getByRole('searchbox', { name: 'Search runs' });
  const count = page.getByRole('region', { name: 'History' }).getByRole('status').first();
  const pick = async (filter: string, option: string) => {
    await page.getByRole('combobox', { name: filter, exact: true }).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };
  await expect(count).toHaveText('4 runs');
  await page.keyboard.press('Control+f');
  await expect(search).toBeFocused();
  // Letters of any case, in names and notes; every word has to be found.
  await page.keyboard.type('firmware');
  await expectRuns(page, 'Login again', 'Morning');
  await expect(count).toHaveText('2 of 4 runs');
  await search.fill('FIRMWARE again');
  await expectRuns(page, 'Login again');
  await search.fill('#2');
  await expectRuns(page, 'Evening');
  await search.fill('nothing like it');
  await expect(page.getByRole('heading', { name: 'No run matches the filter' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await expectRuns(page, 'Login again', 'Login storm', 'Evening', 'Morning');
  await expect(search).toHaveValue('');

  // What is filtered away is not chosen any more.
  await runs(page).getByRole('checkbox', { name: 'Select Morning' }).click();
  await expect(page.getByRole('toolbar', { name: 'Selected runs' })).toContainText('1 run selected');
  await pick('Scenario', 'Login and publish');
  await expectRuns(page, 'Login again', 'Login storm');
  await expect(page.getByRole('toolbar', { name: 'Selected runs' })).toHaveCount(0);
  await search.fill('storm');
  await expectRuns(page, 'Login storm');
  await search.fill('');
  await pick('Scenario', 'All scenarios');
  await pick('Status', 'Stopped');
  await expectRuns(page, 'Evening');
});

test('runs are sorted by a column, both ways', async ({ page }) => {
  const head = (name: string) => runs(page).getByRole('columnheader', { name });
  await head('Duration').getByRole('button').click();
  await expect(head('Duration')).toHaveAttribute('aria-sort', 'descending');
  await expectRuns(page, 'Evening', 'Login storm', 'Morning', 'Login again');
  await head('Duration').getByRole('button').click();
  await expectRuns(page, 'Login again', 'Morning', 'Login storm', 'Evening');
  await head('Name').getByRole('button').click();
  await expectRuns(page, 'Evening', 'Login again', 'Login storm', 'Morning');
});

test('a row tells what the store has of the run, with a small line of requests/s and one of p95', async ({ app, page }) => {
  const store = SqliteStore.open(app.databaseFile);
  const data = await store.readRun(2);
  await store.close();
  if (!data) throw new Error('the run is not stored');
  const { steady, total } = buildReport(data);
  const row = runs(page).getByRole('row', { name: /^Select Evening, run 2 / });
  const heads = await runs(page).getByRole('columnheader').allTextContents();
  const cell = (head: RegExp) => row.getByRole('gridcell').nth(heads.findIndex((text) => head.test(text)));
  await expect(cell(/^Status/)).toHaveText('Stopped');
  await expect(cell(/^Duration/)).toHaveText('00:50');
  await expect(cell(/^Nodes/)).toHaveText('100');
  await expect(cell(/^Requests$/)).toHaveText(total.requests.toLocaleString('en-US'));
  await expect(cell(/^Requests\/s/)).toContainText(formatFigure(steady?.total.rps ?? null));
  await expect(cell(/^95 %ile/)).toContainText(formatFigure(steady?.total.p95 ?? null));
  await expect(cell(/^Failures/)).toHaveText(formatShare(total.failures, total.requests).replace(/ %$/, ''));
  await expect(row.getByRole('img')).toHaveCount(2);
});
