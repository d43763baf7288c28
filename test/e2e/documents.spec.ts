import { readFileSync } from 'node:fs';
import { scenarioSchema } from '../../src/shared/scenario/schema';
import { EditorPage } from './editor-page';
import { expect, test } from './fixtures';
import { expectNoProblems, openFile, openScenario, tutorialScenario } from './scenarios';

const scenario = tutorialScenario({ baseUrl: 'http://127.0.0.1:8090' });

test('opens a file that is no JSON: says where, loses nothing, and is repaired in the source', async ({ page }) => {
  const text = JSON.stringify(scenario, null, 2);
  const broken = text.replace('"name": "send_health",', '"name": "send_health"');
  const line = broken.slice(0, broken.indexOf('"name": "send_health"')).split('\n').length;
  await openFile(page, broken);
  const editor = new EditorPage(page);
  const source = page.getByRole('textbox', { name: 'Source of the scenario' });
  await expect(source).toBeVisible();
  await expect(source).toContainText('"name": "IoT backend"');
  await page.getByRole('button', { name: 'Start run', exact: true }).click();
  await expect(source).toBeVisible();
  await page.getByRole('button', { name: '1 problem' }).click();
  await expect(page.getByRole('dialog')).toContainText(new RegExp(`line ${line + 1}`));
  await page.keyboard.press('Escape');

  await source.fill(text);
  await expectNoProblems(page);
  await editor.showForm();
  await expect(editor.line(/^send_health/)).toBeVisible();
});

test('opens a scenario with mistakes: each is named at its place and can be gone to', async ({ page }) => {
  const mistaken = structuredClone(scenario);
  mistaken.load.nodes = -5;
  for (const nodeType of mistaken.nodeTypes) nodeType.wait = { kind: 'pacing', seconds: -1 };
  await openFile(page, JSON.stringify(mistaken, null, 2));
  await page.getByRole('button', { name: '2 problems' }).click();
  const list = page.getByRole('dialog');
  await expect(list.getByRole('button', { name: /load, nodes/ })).toBeVisible();
  await list.getByRole('button', { name: /node type "IoTNode", between tasks, time/ }).click();

  const editor = new EditorPage(page);
  await expect(editor.line(/^IoTNode.*1 error/)).toBeVisible();
  await expect(editor.field('A task every')).toBeVisible();
  await editor.field('A task every').fill('5');
  await expect(page.getByRole('button', { name: '1 problem' })).toBeVisible();
  await page.getByRole('banner').getByRole('textbox', { name: 'Nodes' }).fill('5');
  await expectNoProblems(page);
});

test('asks before the tab is closed with unsaved changes, and not without', async ({ page, context }) => {
  await openScenario(page, scenario);
  const host = page.getByRole('banner').getByRole('textbox', { name: 'Host' });
  await host.fill('http://127.0.0.1:8091');
  await expect(page.getByRole('banner')).toContainText('Unsaved changes');
  const question = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  const dialog = await question;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await expect(host).toHaveValue('http://127.0.0.1:8091');

  await page.getByRole('link', { name: 'Settings' }).click();
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('banner')).not.toContainText('Unsaved changes');
  const closed = page.waitForEvent('close');
  await page.close({ runBeforeUnload: true });
  await closed;
  expect(context.pages()).toEqual([]);
});

test('saves what runs unchanged, and asks before unsaved changes are left', async ({ page }) => {
  await openScenario(page, scenario);
  const host = page.getByRole('banner').getByRole('textbox', { name: 'Host' });
  await expect(page.getByRole('banner')).not.toContainText('Unsaved changes');
  await host.fill('http://127.0.0.1:8091');
  await expect(page.getByRole('banner')).toContainText('Unsaved changes');

  await page.getByRole('link', { name: 'Welcome' }).click();
  await page.getByRole('button', { name: /^Login and publish/ }).click();
  const question = page.getByRole('alertdialog', { name: 'Save the changes to “IoT backend”?' });
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(host).toHaveValue('http://127.0.0.1:8091');

  await page.getByRole('button', { name: /^Login and publish/ }).click();
  const download = page.waitForEvent('download');
  await question.getByRole('button', { name: 'Save', exact: true }).click();
  const saved = JSON.parse(readFileSync(await (await download).path(), 'utf8'));
  expect(saved.target.baseUrl).toBe('http://127.0.0.1:8091');
  expect(scenarioSchema.parse(saved).nodeTypes).toEqual(scenarioSchema.parse(scenario).nodeTypes);
  await expect(page.getByRole('banner').getByRole('button', { name: 'Login and publish' })).toBeVisible();

  await host.fill('http://127.0.0.1:8092');
  await page.getByRole('link', { name: 'Welcome' }).click();
  await page.getByRole('button', { name: 'New scenario' }).click();
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await expect(page.getByRole('banner').getByRole('button', { name: 'New scenario' })).toBeVisible();
});

test('undoes and redoes over the whole document, from every view', async ({ page }) => {
  await openScenario(page, scenario);
  const editor = new EditorPage(page);
  const bar = page.getByRole('banner');
  await bar.getByRole('textbox', { name: 'Nodes' }).fill('42');
  await editor.choose(/^send_health/);
  await page.keyboard.press('Delete');
  await expect(editor.line(/^send_health/)).toHaveCount(0);
  await editor.choose(/^send_data/);
  await editor.field('Weight').fill('3');
  await expect(editor.line(/^send_data, 75 %/)).toBeVisible();

  await editor.line(/^send_data/).click();
  await page.keyboard.press('Control+z');
  await expect(editor.line(/^send_data, 90.9 %/)).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(editor.line(/^send_health, 8.33 %/)).toBeVisible();
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.keyboard.press('Control+z');
  await expect(bar.getByRole('textbox', { name: 'Nodes' })).toHaveValue('10');
  await expect(bar).not.toContainText('Unsaved changes');

  await page.keyboard.press('Control+Shift+z');
  await expect(bar.getByRole('textbox', { name: 'Nodes' })).toHaveValue('42');
  await bar.getByRole('button', { name: 'IoT backend' }).click();
  await page.getByRole('menuitem', { name: /^Redo/ }).click();
  await page.getByRole('link', { name: 'Editor' }).click();
  await expect(editor.line(/^check_for_ota, 9.09 %/)).toBeVisible();
});

test('keeps unsaved work over a reload, and offers it to a new window', async ({ page, app, browser }) => {
  await openScenario(page, scenario);
  const kept = page.waitForResponse(/scenarios\.autosave$/);
  await page.getByRole('banner').getByRole('textbox', { name: 'Host' }).fill('http://127.0.0.1:8093');
  await kept;
  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  const bar = page.getByRole('banner');
  await expect(bar.getByRole('textbox', { name: 'Host' })).toHaveValue('http://127.0.0.1:8093');
  await expect(bar).toContainText('Unsaved changes');

  // As after a crash: nothing of the tab is left.
  const context = await browser.newContext();
  const other = await context.newPage();
  await other.goto(app.link);
  const question = other.getByRole('alertdialog', { name: 'Restore unsaved changes?' });
  await expect(question.getByRole('button', { name: 'Restore' })).toBeFocused();
  await expect(question).toContainText('“IoT backend” has unsaved changes. They were kept on ');
  await other.keyboard.press('Enter');
  await expect(other.getByRole('banner').getByRole('textbox', { name: 'Host' })).toHaveValue('http://127.0.0.1:8093');
  await context.close();
});

test('takes a file that is dropped on it', async ({ page }) => {
  const transfer = await page.evaluateHandle(
    (text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], 'dropped.nodeswarm.json', { type: 'application/json' }));
      return data;
    },
    JSON.stringify({ ...scenario, name: 'Dropped scenario' }),
  );
  const main = page.getByRole('main');
  await main.dispatchEvent('dragenter', { dataTransfer: transfer });
  await expect(page.getByText('Drop the scenario file to open it')).toBeVisible();
  await main.dispatchEvent('drop', { dataTransfer: transfer });
  await expect(page.getByRole('banner').getByRole('button', { name: 'Dropped scenario' })).toBeVisible();
});
