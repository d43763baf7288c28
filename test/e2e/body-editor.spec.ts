import { EditorPage } from './editor-page';
import { expect, test } from './fixtures';
import { expectNoProblems, openScenario, tutorialScenario } from './scenarios';

test('placeholders of a body are completed with the keyboard, and the preview shows what they become', async ({ page }) => {
  await openScenario(page, tutorialScenario({ baseUrl: 'http://127.0.0.1:8090' }));
  const editor = new EditorPage(page);
  await editor.choose(/^POST \/health/);
  const body = editor.field('JSON');
  const option = (name: string) => page.getByRole('option', { name: new RegExp(`^${name}`) });
  const take = async () => {
    // A list that has only just appeared does not take Enter: it could be meant for something else.
    await page.waitForTimeout(200);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('listbox')).toHaveCount(0);
  };
  await body.fill('');
  await body.focus();

  // Braces alone offer all that can stand there, the variables of the node type first; Escape leaves what was written.
  await page.keyboard.type('{"device": {{');
  await expect(page.getByRole('option').first()).toHaveText(/^iot_id/);
  await expect(option('node\\.index')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('listbox')).toHaveCount(0);
  await expect(body).toHaveText('{"device": {{');

  await page.keyboard.type('io');
  await expect(option('iot_id')).toHaveAttribute('aria-selected', 'true');
  await take();
  await expect(body).toHaveText('{"device": {{iot_id}}');

  // A generator: chosen with the arrows, with its parameters told while they are written.
  await page.keyboard.type(', "level": {{random');
  await expect(option('randomNumber')).toBeVisible();
  // A list that has only just appeared does not take arrows either.
  await expect(async () => {
    await page.keyboard.press('ArrowDown');
    await expect(option('randomNumber')).toHaveAttribute('aria-selected', 'true', { timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await take();
  await expect(body).toHaveText('{"device": {{iot_id}}, "level": {{randomNumber()}}');
  await expect(page.getByText(/^randomNumber\(min, max/)).toBeVisible();
  await page.keyboard.type('3, 4');
  await page.keyboard.press('End');
  await page.keyboard.type('}');
  await expect(body).toHaveText('{"device": {{iot_id}}, "level": {{randomNumber(3, 4)}}}');
  await expect(page.getByText(/^randomNumber\(min, max/)).toHaveCount(0);
  await expect(editor.preview.getByRole('article', { name: 'Node 0' })).toContainText(
    /"device":\s*\d+,\s*"level":\s*3\.\d+\s*\}/,
  );
  await expectNoProblems(page);
});
