import { expectAccessible } from './accessible';
import { expect, test } from './fixtures';
import { storeHistory } from './stored-runs';

test('compare asks which runs, with the newest and its baseline picked, and takes a third', async ({ page, app }) => {
  await page.getByRole('link', { name: 'Compare' }).click();
  await expect(page.getByRole('heading', { name: 'No runs to compare yet' })).toBeVisible();
  await storeHistory(app, [
    { name: 'Version 1' },
    { name: 'Version 2', latencyFactor: 1.4 },
    { name: 'Version 1 on more nodes', nodes: 200 },
  ]);
  await page.getByRole('link', { name: 'History' }).click();
  await page.getByRole('button', { name: /^Actions on Version 1, run \d+$/ }).click();
  await page.getByRole('menuitem', { name: 'Pin as baseline' }).click();
  await page.getByRole('link', { name: 'Compare' }).click();
  const b = page.getByRole('combobox', { name: 'B, compared with A' });
  await expect(page.getByRole('combobox', { name: 'A, the reference' })).toContainText(/^Version 1#1/);
  await expect(b).toContainText('Version 1 on more nodes');

  await b.click();
  await page.getByRole('combobox', { name: 'Search runs' }).fill('version 2');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(page).toHaveURL(/#\/compare\/1,2$/);
  await page.getByRole('button', { name: 'Swap A and B' }).click();
  await expect(page).toHaveURL(/#\/compare\/2,1$/);

  await page.getByRole('combobox', { name: 'Add a run' }).click();
  await page.getByRole('option', { name: /on more nodes/ }).click();
  await page.getByRole('button', { name: /^C against A/ }).click();
  await expect(page.getByRole('note', { name: 'Not like for like' })).toContainText('nodes: A 100, C 200');
  await expect(page.getByRole('table', { name: 'Differences in scenario and options' })).toContainText('load.nodes');
  await expectAccessible(page, 'compare with three runs', { rules: 'every' });
});
