import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '../main/cli/support/spawned-cli';
import { EditorPage } from './editor-page';
import { expect, test } from './fixtures';
import { openFile, openScenario, startRun, tutorialScenario } from './scenarios';

test('a scenario made in the app runs unchanged on the command line, whose run is then in the history of the app', async ({
  page,
  app,
  demo,
}) => {
  const backend = await demo();
  await openScenario(page, tutorialScenario({ baseUrl: 'http://127.0.0.1:1', nodes: 3 }));
  const bar = page.getByRole('banner');
  await bar.getByRole('textbox', { name: 'Host' }).fill(backend.url);
  const editor = new EditorPage(page);
  await editor.choose(/^Load/);
  await editor.field('Duration').fill('2');
  await editor.choose(/^IoT backend/);
  await editor.field('Name').fill('Made in the app');
  const download = page.waitForEvent('download');
  await page.keyboard.press('Control+s');
  const file = join(app.folder, (await download).suggestedFilename());
  await (await download).saveAs(file);

  const args = ['run', file, '--db', app.databaseFile, '--only-summary'];
  const { code, stderr } = await runCli(args, { folder: app.folder });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(backend.stats.routes['GET /greet/{id}']?.requests).toBe(3);
  expect(backend.stats.routes['POST /data']?.requests).toBeGreaterThan(0);

  await page.getByRole('link', { name: 'History' }).click();
  const grid = page.getByRole('grid', { name: 'Runs' });
  await grid.getByRole('button', { name: 'Made in the app', exact: true }).click();
  const all = page.getByRole('table', { name: 'Statistics by request' }).getByRole('row', { name: /Aggregated/ });
  await page.getByRole('combobox', { name: 'Statistics of' }).click();
  await page.getByRole('option', { name: 'Whole run' }).click();
  await expect(all.getByRole('cell').nth(2)).toHaveText(String(backend.stats.requests));
});

test('a scenario of the command line runs unchanged in the app, and is saved as it was written', async ({ page, app, demo }) => {
  const backend = await demo();
  const document = {
    $schema: './nodeswarm.schema.json',
    ...tutorialScenario({ baseUrl: backend.url, nodes: 3, durationSeconds: 2 }),
  };
  // Written by hand: other spaces than ours.
  const text = `${JSON.stringify(document, null, 4).replace('"nodes": 3', '"nodes":   3')}\n`;
  const file = join(app.folder, 'by-hand.nodeswarm.json');
  writeFileSync(file, text);
  const { code } = await runCli(['run', file, '--no-history', '--quiet'], { folder: app.folder });
  expect(code).toBe(0);
  const sent = backend.stats.routes['GET /greet/{id}']?.requests;
  expect(sent).toBe(3);

  await openFile(page, text, 'by-hand.nodeswarm.json');
  // Before it is open there is nothing to save.
  await page.getByRole('tree', { name: 'Outline of the scenario' }).waitFor();
  const download = page.waitForEvent('download');
  await page.keyboard.press('Control+s');
  expect(readFileSync(await (await download).path(), 'utf8')).toBe(text);
  await startRun(page);
  await expect(page.getByRole('region', { name: 'Current run' })).toContainText('Finished', { timeout: 30_000 });
  expect(backend.stats.routes['GET /greet/{id}']?.requests).toBe(6);
});
