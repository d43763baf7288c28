import { dragLine, EditorPage } from './editor-page';
import { expect, test } from './fixtures';
import { openScenario, tutorialScenario } from './scenarios';

/** Of the generators of the menu: what their values look like as they are picked, and which are signals over time. */
const GENERATORS: [name: string, kind: string, value: RegExp, isSignal?: true][] = [
  ['Constant', 'constant', /./],
  ['Random integer', 'randomInteger', /^-?\d+$/],
  ['Random number', 'randomNumber', /^-?[\d.]+$/],
  ['Gaussian', 'gaussian', /^-?[\d.]+$/],
  ['Choice', 'choice', /./],
  ['Counter', 'counter', /^\d+$/],
  ['Sequence', 'sequence', /./],
  ['UUID', 'uuid', /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/],
  ['Timestamp', 'timestamp', /\d/],
  ['Random walk', 'randomWalk', /^-?[\d.]+$/, true],
  ['Sine', 'sine', /^-?[\d.]+(e-\d+)?$/, true],
  ['Battery', 'battery', /^-?[\d.]+$/, true],
];

test('each generator of the menu shows its next values, and each signal a line of them', async ({ page }) => {
  await openScenario(page, tutorialScenario({ baseUrl: 'http://127.0.0.1:8090' }));
  const editor = new EditorPage(page);
  await editor.choose(/^iot_id/);
  await editor.pick('A new value is drawn', 'At each task');
  const menu = editor.details.getByRole('combobox', { name: 'Generator', exact: true });
  await menu.click();
  // The last one reads a file.
  await expect(page.getByRole('option')).toHaveCount(GENERATORS.length + 1);
  await page.keyboard.press('Escape');
  const values = page.getByRole('list', { name: 'Values of node 0' }).getByRole('listitem');
  const line = editor.details.getByRole('img', { name: /^Values over / });
  for (const [name, kind, value, isSignal] of GENERATORS) {
    const drawn = page.waitForResponse(
      (response) => response.url().endsWith('previewGenerator') && response.request().postDataJSON().generator.kind === kind,
    );
    await editor.pick('Generator', name);
    await drawn;
    await expect(menu).toContainText(name);
    await expect(values, name).toHaveCount(8);
    await expect(values.first(), name).toHaveText(value);
    await expect(line, name).toHaveCount(isSignal ? 1 : 0);
  }
  // The line of the battery falls and rises again, as its level does; y counts downwards.
  const lowestAt = () =>
    line
      .locator('path')
      .first()
      .evaluate((path) => {
        const heights = [...(path.getAttribute('d') ?? '').matchAll(/[ML ]?([\d.]+)[ ,]([\d.]+)/g)].map(([, , y]) => Number(y));
        return heights.indexOf(Math.max(...heights)) / (heights.length - 1);
      });
  await expect.poll(lowestAt).toBeGreaterThan(0.3);
  expect(await lowestAt()).toBeLessThan(0.9);
  await page.getByRole('button', { name: 'Another node' }).click();
  await expect(page.getByRole('list', { name: 'Values of node 1' }).getByRole('listitem')).toHaveCount(8);
});

test('values of a list are moved by mouse and keyboard, duplicated and removed, each with its weight', async ({ page }) => {
  await openScenario(page, tutorialScenario({ baseUrl: 'http://127.0.0.1:8090' }));
  const editor = new EditorPage(page);
  await editor.choose(/^iot_id/);
  await editor.pick('Generator', 'Choice');
  await editor.details.getByRole('button', { name: 'Add value' }).click();
  await expect(editor.field('Value 3')).toBeFocused();
  await page.keyboard.type('down');
  await editor.details.getByRole('button', { name: 'Set weights' }).click();
  await editor.field('Weight of value 3').fill('3');
  const lines = editor.details.getByRole('listitem').filter({ has: page.getByRole('textbox', { name: /^Value / }) });
  const values = () =>
    Promise.all(
      [...Array(3).keys()].map(async (index) => {
        const fields = await lines.nth(index).getByRole('textbox').all();
        return (await Promise.all(fields.map((field) => field.inputValue()))).join(' ');
      }),
    );
  await expect.poll(values).toEqual(['ok 1', 'warning 1', 'down 3']);
  await dragLine(page, lines.nth(2), lines.nth(0), 0.2, 8);
  await expect.poll(values).toEqual(['down 3', 'ok 1', 'warning 1']);

  const actions = (number: number) => editor.details.getByRole('button', { name: `Actions on value ${number}` });
  await actions(1).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Move down' }).press('Enter');
  await expect(actions(2)).toBeFocused();
  await expect.poll(values).toEqual(['ok 1', 'down 3', 'warning 1']);
  await actions(2).click();
  await page.getByRole('menuitem', { name: 'Duplicate' }).click();
  await expect.poll(values).toEqual(['ok 1', 'down 3', 'down 3']);
  await editor.details.getByRole('button', { name: 'Remove value 1' }).click();
  await expect.poll(values).toEqual(['down 3', 'down 3', 'warning 1']);
  // The last of a list that may not be empty is not kept from being removed, but missed.
  for (const _ of [1, 2, 3]) await editor.details.getByRole('button', { name: 'Remove value 1' }).click();
  await expect(editor.details.getByText('The list is empty.').first()).toBeVisible();
});
