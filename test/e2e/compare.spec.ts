import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { dragOver, secondsOf } from './chart-pointer';
import { expect, test } from './fixtures';
import { openScenario, startRun, tutorialScenario } from './scenarios';
import { storeHistory } from './stored-runs';

test('says which of two stored runs is slower, by how much, and shows it', async ({ page, app }) => {
  await storeHistory(app, [{ name: 'Version 1' }, { name: 'Version 2', latencyFactor: 1.4 }, { name: 'Version 1 again' }]);
  await page.getByRole('link', { name: 'Compare' }).click();
  await page.goto(`${new URL(app.link).origin}/#/compare/1,2`);
  const main = page.getByRole('main');
  await expect(main).toContainText(/Run 2 is slower than run 1: .* \+\d+ % \(\d+ % to \d+ %\)/);

  const table = page.getByRole('table', { name: /Verdict/i });
  await expect(table).toContainText('/data');
  await expect(table).toContainText(/Regression|Slower/i);
  for (const name of [/^Requests/, /p95/i, /^Failures/, /^Percentile spectrum/]) {
    await expect(page.getByRole('figure', { name }).first()).toBeVisible();
  }

  // A stretch of the charts restricts the comparison to it.
  const clocks = (text: string) => `A ${text}, B ${text} steady and valid`;
  await expect(main).toContainText(clocks('04:50'));
  await dragOver(page, page.getByRole('slider', { name: /p95/i }).first(), 0.4, 0.8);
  const window = main.getByText(/^Only \d\d:\d\d to \d\d:\d\d since the start of each run is compared/);
  const [from = 0, to = 0] = ((await window.textContent()) ?? '').match(/\d\d:\d\d/g)?.map(secondsOf) ?? [];
  expect(to - from).toBeGreaterThan(60);
  // All of the stretch is steady, so all of its seconds count, and no others.
  await expect(main).toContainText(clocks(`0${Math.floor((to - from) / 60)}:${String((to - from) % 60).padStart(2, '0')}`));
  await expect(main).toContainText(/slower than run 1|cannot be compared|no difference/);
  await expect(page.getByRole('figure', { name: 'Percentile spectrum of the window' })).toBeVisible();
  await page.getByRole('button', { name: 'Compare the whole runs' }).click();
  await expect(main).toContainText('Run 2 is slower than run 1');
  await expect(main).toContainText(clocks('04:50'));

  const csv = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: /CSV/ }).click();
  const rows: Record<string, string>[] = parse(readFileSync(await (await csv).path()), { columns: true });
  expect(rows.some((row) => Object.values(row).includes('regression'))).toBe(true);
  const html = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: /HTML/ }).click();
  expect(readFileSync(await (await html).path(), 'utf8')).toContain('Run 2 is slower than run 1');
});

test('a verdict is a word with the sign of its difference and its interval, both ways, and the table is cut down to changes', async ({
  page,
  app,
}) => {
  await storeHistory(app, [{ name: 'Version 1' }, { name: 'Version 2', latencyFactor: 1.4 }]);
  await page.goto(`${new URL(app.link).origin}/#/compare/1,2`);
  const table = page.getByRole('table', { name: 'Verdicts' });
  const group = table.getByRole('rowgroup').filter({ hasText: 'POST /data' });
  const line = (measure: string) =>
    group.getByRole('row').filter({ has: page.getByRole('rowheader', { name: new RegExp(`^${measure}`) }) });
  await expect(line('p95')).toContainText(/\+\d+ %.*\d+ % to \d+ %.*Regression/);
  await expect(line('Requests/s')).toContainText('For information');
  // What was asked for only in the ramp says that once, not measure by measure.
  const unused = table.getByRole('rowgroup').filter({ hasText: 'GET /greet' }).getByRole('row');
  await expect(unused).toHaveCount(1);
  await expect(unused).toContainText('Not requested in these seconds');
  const lines = () => table.getByRole('row').count();
  const all = await lines();
  await page.getByRole('button', { name: 'Only regressions' }).click();
  await expect.poll(lines).toBeLessThan(all);
  await expect(table.getByText('Inconclusive')).toHaveCount(0);
  await expect(line('p95')).toBeVisible();

  await page.getByRole('button', { name: 'Swap A and B' }).click();
  await expect(page.getByRole('main')).toContainText(/Run 1 is faster than run 2: .* −\d+ %/);
  await page.getByRole('button', { name: 'Only regressions' }).click();
  await expect(page.getByText('No measure of any series is a regression.')).toBeVisible();
  await page.getByRole('button', { name: 'Only changes' }).click();
  await expect(line('p95')).toContainText(/−\d+ %.*−\d+ % to −\d+ %.*Improvement/);
});

test('finds no difference between two runs of the same', async ({ page, app }) => {
  await storeHistory(app, [{ name: 'Version 1' }, { name: 'Version 1 again' }]);
  await page.goto(`${new URL(app.link).origin}/#/compare/1,2`);
  await expect(page.getByRole('main')).toContainText(/Run 2 (is equivalent to|shows no clear difference from) run 1/);
});

test('says of short runs that there is not enough data, and what to do', async ({ page, demo }) => {
  for (const ms of [2, 20]) {
    const backend = await demo({ latency: { kind: 'fixed', ms } });
    await openScenario(page, tutorialScenario({ baseUrl: backend.url, durationSeconds: 3 }));
    await startRun(page);
    await expect(page.getByRole('region', { name: 'Current run' })).toContainText('Finished', { timeout: 20_000 });
  }
  await page.getByRole('link', { name: 'History' }).click();
  const grid = page.getByRole('grid', { name: 'Runs' });
  await expect(grid.getByRole('row')).toHaveCount(3);
  for (const checkbox of [1, 2]) await grid.getByRole('checkbox').nth(checkbox).click();
  await page.getByRole('button', { name: /^Compare/ }).click();
  const main = page.getByRole('main');
  await expect(main).toContainText('Run 2 cannot be compared with run 1: not enough data.');
  await expect(main).toContainText(/longer/i);
  // What differs between the two is told all the same.
  await expect(main).toContainText(/baseUrl|Host/i);
});
