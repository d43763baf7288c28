import { expect, test } from './fixtures';
import { openScenario, startRun, tutorialScenario } from './scenarios';

test('names the failures that are new, gone and changed, with counts and rates, in words', async ({ page, app, demo }) => {
  // Three backends in turn: one that is not there; one with errors; one with more of them.
  const run = async (baseUrl: string) => {
    await openScenario(page, tutorialScenario({ baseUrl, durationSeconds: 3, paceSeconds: 0.1 }));
    await startRun(page);
    await expect(page.getByRole('region', { name: 'Current run' })).toContainText('Finished', { timeout: 30_000 });
  };
  await run('http://127.0.0.1:1');
  await run((await demo({ errorPercent: 30 })).url);
  await run((await demo({ errorPercent: 95 })).url);
  const table = page.getByRole('table', { name: 'Failures' });
  const row = (error: string) => table.getByRole('row', { name: new RegExp(`POST /data.*${error}`) });

  await page.goto(`${new URL(app.link).origin}/#/compare/1,2`);
  await expect(row('ConnectionRefused').getByRole('cell').first()).toHaveText('Gone');
  await expect(row('HTTP 503').getByRole('cell').first()).toHaveText('New');
  await expect(row('ConnectionRefused')).toContainText('100 %');
  await page.getByRole('button', { name: 'Swap A and B' }).click();
  await expect(row('ConnectionRefused').getByRole('cell').first()).toHaveText('New');
  await expect(row('HTTP 503').getByRole('cell').first()).toHaveText('Gone');

  await page.goto(`${new URL(app.link).origin}/#/compare/2,3`);
  await expect(row('HTTP 503').getByRole('cell').first()).toHaveText('More');
  await page.getByRole('button', { name: 'Swap A and B' }).click();
  await expect(row('HTTP 503').getByRole('cell').first()).toHaveText('Fewer');
});
