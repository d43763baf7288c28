import { dragLine, EditorPage } from './editor-page';
import { expect, test } from './fixtures';
import { expectNoProblems, openScenario, tutorialScenario } from './scenarios';

test('the load is given by stages: added, changed, moved, duplicated and deleted, and drawn as it is then', async ({ page }) => {
  const scenario = tutorialScenario({ baseUrl: 'http://127.0.0.1:8090', nodes: 100, spawnRate: 10, durationSeconds: 60 });
  await openScenario(page, scenario);
  const editor = new EditorPage(page);
  await editor.choose(/^Load/);
  const drawing = editor.details.getByRole('img');
  const drawn = (text: string) => expect(drawing).toHaveAccessibleName(`Planned nodes over time: ${text}`);
  const line = () => drawing.locator('path').last().getAttribute('d');
  await drawn('at most 100, for 01:00');
  const before = await line();

  // The same load, in one stage.
  await editor.details.getByRole('button', { name: 'Stages' }).click();
  await expect(editor.field('Nodes of stage 1')).toHaveValue('100');
  await expect(editor.field('Ramp of stage 1')).toHaveValue('10');
  await expect(editor.field('Hold of stage 1')).toHaveValue('50');
  await drawn('at most 100, for 01:00');
  expect(await line()).toBe(before);

  await editor.details.getByRole('button', { name: 'Add stage' }).click();
  await drawn('at most 100, for 02:20');
  await editor.field('Nodes of stage 2').fill('250');
  await drawn('at most 250, for 02:20');
  await editor.field('Hold of stage 2').fill('100');
  await drawn('at most 250, for 03:00');
  const stages = editor.details.getByRole('table').getByRole('row');
  await expect(stages.nth(1)).toContainText('01:00');
  await expect(stages.nth(2)).toContainText('03:00');
  const up = await line();

  await stages.nth(2).getByRole('button', { name: 'Move stage up' }).click();
  await expect(editor.field('Nodes of stage 1')).toHaveValue('250');
  await expect(stages.nth(1)).toContainText('02:00');
  await drawn('at most 250, for 03:00');
  expect(await line()).not.toBe(up);

  await stages.nth(1).getByRole('button', { name: 'Delete stage' }).click();
  await expect(stages).toHaveCount(2);
  await drawn('at most 100, for 01:00');
  await stages.nth(1).getByRole('button', { name: 'Duplicate stage' }).click();
  await expect(editor.field('Hold of stage 2')).toHaveValue('50');
  await drawn('at most 100, for 02:00');
  await stages.nth(2).getByRole('button', { name: 'Delete stage' }).click();
  await stages.nth(1).getByRole('button', { name: 'Delete stage' }).click();
  await expect(drawing).toHaveCount(0);
  await expect(editor.details).toContainText('The planned nodes over time are drawn here once the load is complete.');
  await expect(page.getByRole('button', { name: '1 problem' })).toBeVisible();
  await editor.details.getByRole('button', { name: 'Add stage' }).click();
  await drawn('at most 100, for 01:20');
  await expectNoProblems(page);

  await editor.field('Ramp of stage 1').fill('20');
  await editor.field('Hold of stage 1').fill('');
  await expect(drawing).toHaveCount(0);
  await editor.field('Hold of stage 1').fill('40');
  await drawn('at most 100, for 01:00');
  await editor.details.getByRole('button', { name: 'Spawn rate', exact: true }).click();
  await expect(editor.field('Spawn rate')).toHaveValue('5');
  await expect(editor.field('Duration')).toHaveValue('60');
  await drawn('at most 100, for 01:00');
});

test('lines of a form are moved with the mouse by their handle, and with the keyboard, which stays with the line; undo takes it back', async ({
  page,
}) => {
  const scenario = tutorialScenario({ baseUrl: 'http://127.0.0.1:8090' });
  const [step] = scenario.nodeTypes[0]?.tasks?.[0]?.steps ?? [];
  if (step?.request) step.request.extract = ['a', 'b'].map((variable) => ({ variable, header: `X-${variable}` }));
  scenario.load = { stages: [10, 20, 30].map((nodes) => ({ nodes, rampSeconds: 5, holdSeconds: nodes })) };
  await openScenario(page, scenario);
  const editor = new EditorPage(page);
  await editor.choose(/^Load/);
  const rows = editor.details.getByRole('table').getByRole('row');
  const expectOrder = async (...nodes: number[]) => {
    for (const [index, count] of nodes.entries()) {
      await expect(editor.field(`Nodes of stage ${index + 1}`)).toHaveValue(String(count));
      await expect(editor.field(`Hold of stage ${index + 1}`)).toHaveValue(String(count));
    }
  };
  await dragLine(page, rows.nth(3), rows.nth(1), 0.2, 8);
  await expectOrder(30, 10, 20);
  await dragLine(page, rows.nth(1), rows.nth(2), 0.8, 8);
  await expectOrder(10, 30, 20);
  await dragLine(page, rows.nth(1), rows.nth(3), 0.9, 8);
  await expectOrder(30, 20, 10);

  await rows.nth(3).getByRole('button', { name: 'Move stage up' }).focus();
  await page.keyboard.press('Enter');
  await expectOrder(30, 10, 20);
  await expect(rows.nth(2).getByRole('button', { name: 'Move stage up' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expectOrder(10, 30, 20);
  await expect(rows.nth(1).getByRole('button', { name: 'Move stage up' })).toBeFocused();
  for (let step = 0; step < 2; step++) await page.keyboard.press('Control+z');
  await expectOrder(30, 20, 10);

  // Lists within a form are moved alike; the menu of a line stays with it.
  await editor.choose(/^POST \/data/);
  const lines = editor.details.getByRole('listitem').filter({ has: page.getByRole('button', { name: /^Remove extraction/ }) });
  const expectVariables = async (...names: string[]) => {
    await expect(lines).toHaveCount(names.length);
    for (const [index, name] of names.entries())
      await expect(editor.field(`Variable of extraction ${index + 1}`)).toHaveValue(name);
  };
  const choose = async (action: string) => {
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: action }).press('Enter');
    await expect(page.getByRole('menu')).toHaveCount(0);
  };
  await expectVariables('a', 'b');
  await lines.nth(1).scrollIntoViewIfNeeded();
  await dragLine(page, lines.nth(1), lines.nth(0), 0.2, 8);
  await expectVariables('b', 'a');
  const actions = (number: number) => editor.details.getByRole('button', { name: `Actions on extraction ${number}` });
  await actions(1).focus();
  await choose('Duplicate');
  await expectVariables('b', 'b_2', 'a');
  await expect(actions(1)).toBeFocused();
  await choose('Move down');
  await expectVariables('b_2', 'b', 'a');
  await expect(actions(2)).toBeFocused();
  await choose('Move down');
  await expectVariables('b_2', 'a', 'b');
  await expect(actions(3)).toBeFocused();
  await editor.details.getByRole('button', { name: 'Remove extraction 2' }).click();
  await expectVariables('b_2', 'b');
  for (let step = 0; step < 5; step++) await page.keyboard.press('Control+z');
  await expectVariables('a', 'b');
});
