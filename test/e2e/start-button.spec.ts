import { EditorPage } from './editor-page';
import { expect, test } from './fixtures';
import { openScenario, tutorialScenario } from './scenarios';

test('the button that starts a run says what is missing, to the mouse and to the keyboard, until nothing is', async ({
  page,
}) => {
  const start = page.getByRole('button', { name: 'Start run', exact: true });
  await start.hover();
  await expect(page.getByText('No scenario is open. Open one, or create a new one.')).toBeVisible();
  await page.getByRole('button', { name: 'New scenario' }).click();
  await start.hover();
  const missing = page.getByText(/^The scenario cannot run yet: /);
  await expect(missing).toContainText(
    'the address of the backend is missing (target, base URL); "Node" has nothing to do (node type "Node")',
  );
  await page.mouse.move(600, 500);
  await expect(missing).toHaveCount(0);
  await page.getByRole('button', { name: '2 things missing' }).focus();
  await page.keyboard.press('Tab');
  await expect(start).toBeFocused();
  await expect(missing).toBeVisible();

  // Nobody is scolded for what nobody has been asked for: it is said to be required, until it is left empty.
  const editor = new EditorPage(page);
  const url = editor.field('Base URL');
  await expect(editor.details.getByText('required', { exact: true })).toBeVisible();
  await expect(url).toHaveAttribute('aria-required', 'true');
  await expect(url).not.toHaveAttribute('aria-invalid', 'true');
  await expect(editor.line(/^Target, 1 missing/)).toBeVisible();
  await url.focus();
  await page.keyboard.press('Tab');
  await expect(editor.details.getByText('The address of the backend is missing.')).toBeVisible();
  await expect(url).toHaveAttribute('aria-invalid', 'true');
  await expect(editor.line(/^Target, 1 error/)).toBeVisible();
  await expect(editor.line(/^Node, .*1 missing/)).toBeVisible();
  await expect(page.getByRole('button', { name: '2 problems' })).toBeVisible();

  // Pressed all the same, it leads to the first that is missing.
  await editor.choose(/^Load/);
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(url).toBeFocused();
  await expect(editor.line(/^Node, .*1 error/)).toBeVisible();
  await url.fill('http://127.0.0.1:8090');
  await start.click();
  await expect(editor.details.getByText('"Node" has nothing to do.')).toBeVisible();
  await expect(page).toHaveURL(/#\/editor/);
  await page.mouse.move(600, 500);
  await start.hover();
  await expect(missing).toContainText('The scenario cannot run yet: "Node" has nothing to do (node type "Node").');
  await editor.add('task', /^Node,/);
  await page.mouse.move(600, 500);
  await start.hover();
  await expect(page.getByText('Starts the scenario as it is')).toBeVisible();

  // What is added with a gap is treated alike.
  await editor.choose('GET /');
  await editor.details.getByRole('button', { name: 'Add header expectation' }).click();
  const name = editor.field('Name of header 1');
  await expect(name).toBeFocused();
  await expect(name).not.toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByRole('button', { name: '1 thing missing' })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(name).toHaveAttribute('aria-invalid', 'true');
});

test('a field is judged as it is written, whatever is wrong elsewhere', async ({ page }) => {
  await openScenario(page, tutorialScenario({ baseUrl: 'http://127.0.0.1:8090' }));
  const editor = new EditorPage(page);
  await editor.choose(/^send_data/);
  await editor.field('Weight').fill('-1');
  await expect(editor.details.getByText(/^-1 is too small/)).toBeVisible();
  await editor.choose(/^Target/);
  await editor.field('Base URL').fill('nonsense');
  await expect(editor.details.getByText(/^This is not an http or https URL/)).toBeVisible();
  await expect(editor.line(/^Target.*1 error/)).toBeVisible();
  await expect(page.getByRole('button', { name: '2 problems' })).toBeVisible();
});
