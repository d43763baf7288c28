import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { EditorPage } from './editor-page';
import { expect, test } from './fixtures';
import { openScenario, startRun, stopRun, tutorialScenario } from './scenarios';
import { storeHistory } from './stored-runs';

const runs = (page: Page) => page.getByRole('grid', { name: 'Runs' });
const row = (page: Page, name: string) => runs(page).getByRole('row', { name: new RegExp(`^Select ${name}, `) });

async function choose(page: Page, name: string, action: string): Promise<void> {
  await row(page, name).hover();
  await page.getByRole('button', { name: new RegExp(`^Actions on ${name}, run \\d+$`) }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

test.beforeEach(async ({ app, page }) => {
  await storeHistory(app, [
    { name: 'Before the release', durationSeconds: 30 },
    { name: 'After the release', durationSeconds: 40, failureRate: 0.2 },
    { name: 'Night run', durationSeconds: 50, run: { status: 'stopped' } },
  ]);
  await page.getByRole('link', { name: 'History' }).click();
  await expect(runs(page)).toBeVisible();
});

test('pins a baseline, compares with it, and deletes with undo', async ({ page }) => {
  await choose(page, 'Before the release', 'Pin as baseline');
  await expect(runs(page).getByRole('row').nth(1)).toContainText('Before the release');
  await choose(page, 'After the release', 'Pin as baseline');
  // A scenario has one baseline.
  await expect(runs(page).getByRole('row').nth(1)).toContainText('After the release');
  await choose(page, 'Before the release', 'Pin as baseline');
  await expect(runs(page).getByRole('row').nth(1)).toContainText('Before the release');

  await row(page, 'After the release').getByRole('checkbox').click();
  await row(page, 'Night run').getByRole('checkbox').click();
  await page.keyboard.press('Delete');
  await expect(runs(page).getByRole('row')).toHaveCount(2);
  await page.getByRole('region', { name: 'Notifications' }).getByRole('button', { name: 'Undo' }).click();
  await expect(runs(page).getByRole('row')).toHaveCount(4);
  await expect(row(page, 'Night run')).toBeFocused();
  // Where runs are deleted, Undo is about them.
  await page.keyboard.press('Delete');
  await expect(row(page, 'Night run')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(row(page, 'Night run')).toBeFocused();
  await expect(page.getByRole('region', { name: 'Notifications' }).getByText(/was deleted/)).toHaveCount(0);

  await choose(page, 'After the release', 'Delete');
  await expect(row(page, 'After the release')).toHaveCount(0);
  await page.reload();
  await expect(row(page, 'Night run')).toBeVisible();
  await expect(row(page, 'After the release')).toHaveCount(0);

  await choose(page, 'Night run', 'Compare with baseline');
  await expect(page.getByRole('heading', { name: 'Compare' })).toBeVisible();
  await expect(page).toHaveURL(/#\/compare\/1,3$/);
});

test('exports a run and runs one again as it was', async ({ page }) => {
  const download = page.waitForEvent('download');
  await choose(page, 'Before the release', 'JSON');
  const report = JSON.parse(readFileSync(await (await download).path(), 'utf8'));
  expect(report.run.name).toBe('Before the release');

  await choose(page, 'Before the release', 'Run again…');
  const dialog = page.getByRole('dialog', { name: 'Start run with options' });
  await expect(dialog.getByRole('textbox', { name: 'Nodes' })).toHaveValue('100');
  await expect(dialog.getByRole('textbox', { name: 'Duration' })).toHaveValue('30');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('treeitem', { name: /^send_data/ })).toBeVisible();
});

test('renames a run and notes something on it, and both are there after a reload', async ({ page }) => {
  await choose(page, 'Night run', 'Rename');
  const name = page.getByRole('textbox', { name: 'Name of run 3' });
  await expect(name).toBeFocused();
  await page.keyboard.type('Night run, new firmware');
  await page.keyboard.press('Enter');
  await expect(row(page, 'Night run, new firmware')).toBeVisible();

  await choose(page, 'Night run, new firmware', 'Add a note');
  const note = page.getByRole('textbox', { name: 'Note on Night run, new firmware' });
  await note.fill('p95 doubled after two minutes');
  await page.keyboard.press('Enter');
  await expect(row(page, 'Night run, new firmware')).toContainText('p95 doubled after two minutes');

  // Escape takes nothing, and a name is never empty.
  await row(page, 'After the release').focus();
  await page.keyboard.press('F2');
  await page.getByRole('textbox', { name: 'Name of run 2' }).fill('Something else');
  await page.keyboard.press('Escape');
  await expect(row(page, 'After the release')).toBeFocused();
  await page.keyboard.press('F2');
  await page.getByRole('textbox', { name: 'Name of run 2' }).fill('  ');
  await page.keyboard.press('Enter');
  await expect(row(page, 'After the release')).toBeVisible();

  await page.reload();
  await expect(row(page, 'Night run, new firmware')).toContainText('p95 doubled after two minutes');
  await expect(row(page, 'After the release')).toBeVisible();
  await choose(page, 'Night run, new firmware', 'Edit the note');
  await expect(note).toHaveValue('p95 doubled after two minutes');
  await note.fill('');
  await page.keyboard.press('Enter');
  await expect(row(page, 'Night run, new firmware')).toContainText('Add a note');
});

test('runs a run again with its scenario as it was then, whatever became of it', async ({ page, demo }) => {
  const backend = await demo();
  await openScenario(page, tutorialScenario({ baseUrl: backend.url, name: 'Sensors', nodes: 4 }));
  await startRun(page);
  const strip = page.getByRole('region', { name: 'Current run' });
  await expect(strip).toContainText('4/4 nodes');
  await stopRun(page);

  await page.getByRole('link', { name: 'Editor' }).click();
  const editor = new EditorPage(page);
  await page.getByRole('banner').getByRole('textbox', { name: 'Nodes' }).fill('7');
  await editor.choose(/^send_health/);
  await page.keyboard.press('Delete');
  await expect(editor.line(/^send_health/)).toHaveCount(0);

  await page.getByRole('link', { name: 'History' }).click();
  await choose(page, 'Sensors', 'Run again…');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Discard changes' }).click();
  const dialog = page.getByRole('dialog', { name: 'Start run with options' });
  await expect(dialog.getByRole('textbox', { name: 'Nodes' })).toHaveValue('4');
  await dialog.getByRole('button', { name: 'Start run', exact: true }).click();
  await expect(strip).toContainText('4/4 nodes');
  await page.getByRole('tab', { name: 'Tasks' }).click();
  await expect(page.getByRole('main')).toContainText('send_health');
  await stopRun(page);
});
