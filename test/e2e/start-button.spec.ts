import { EditorPage } from './editor-page';
import { expect, test } from './fixtures';
import { openScenario, tutorialScenario } from './scenarios';

test('the button that starts a run says what is missing, to the mouse and to the keyboard, until nothing is', async ({
  page,
}) => {
  const start = page.getByRole('button', { name: 'Start run', exact: true });
  await start.hover();
  await expect(page.getByText('No scenario is open. Open one, or make a new one.')).toBeVisible();
  await page.getByRole('button', { name: 'New scenario' }).click();
  await start.hover();
  const missing = page.getByText(/^The scenario cannot run yet: /);
  await expect(missing).toContainText(
    'the address of the backend is missing (target, base URL); "Node" has nothing to do (node type "Node")',
  );
  await page.mouse.move(600, 500);
  await expect(missing).toHaveCount(0);
  await page.getByRole('button', { name: '2 problems' }).focus();
  await page.keyboard.press('Tab');
  await expect(start).toBeFocused();
  await expect(missing).toBeVisible();

  const editor = new EditorPage(page);
  await editor.choose(/^Target/);
  await editor.field('Base URL').fill('http://127.0.0.1:8090');
  await start.hover();
  await expect(missing).toContainText('The scenario cannot run yet: "Node" has nothing to do (node type "Node").');
  await editor.add('task', /^Node,/);
  await expect(start).toBeEnabled();
  await page.mouse.move(600, 500);
  await start.hover();
  await expect(page.getByText('Starts the scenario as it is')).toBeVisible();
});

test('a field is judged as it is written, whatever is wrong elsewhere', async ({ page }) => {
  await openScenario(page, tutorialScenario({ baseUrl: 'http://127.0.0.1:8090' }));
  const editor = new EditorPage(page);
  await editor.choose(/^send_data/);
  await editor.field('Weight').fill('-1');
  await expect(editor.details.getByText(/^-1 is too small/)).toBeVisible();
  await editor.choose(/^Target/);
  await editor.field('Base URL').fill('nonsense');
  await expect(editor.details.getByText(/^This is no http or https URL/)).toBeVisible();
  await expect(editor.line(/^Target.*1 error/)).toBeVisible();
  await expect(page.getByRole('button', { name: '2 problems' })).toBeVisible();
});
