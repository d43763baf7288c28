import { expectAccessible } from './accessible';
import { expect, test } from './fixtures';
import { expectNoProblems, openScenario, tutorialScenario } from './scenarios';

test('offers the last scenarios again after a reload, opens them, and forgets them', async ({ page }) => {
  const recent = page.getByRole('region', { name: 'Recent files' });
  const entries = recent.getByRole('listitem');
  const welcome = () => page.getByRole('link', { name: 'Welcome' }).click();
  await expect(recent).toContainText('will be listed here');
  await openScenario(page, tutorialScenario({ baseUrl: 'http://127.0.0.1:8090', name: 'First' }));
  await openScenario(page, tutorialScenario({ baseUrl: 'http://127.0.0.1:8091', name: 'Second' }));
  await welcome();
  await expect(entries).toHaveText(['Second', 'First']);
  await page.reload();
  await expect(entries).toHaveText(['Second', 'First']);
  await expectAccessible(page, 'welcome with recent scenarios');

  const host = page.getByRole('banner').getByRole('textbox', { name: 'Host' });
  await host.fill('http://127.0.0.1:8092');
  await recent.getByRole('button', { name: 'First' }).click();
  const question = page.getByRole('alertdialog', { name: 'Save the changes to “Second”?' });
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(host).toHaveValue('http://127.0.0.1:8092');
  await recent.getByRole('button', { name: 'First' }).click();
  await question.getByRole('button', { name: 'Discard changes' }).click();
  await expect(host).toHaveValue('http://127.0.0.1:8090');
  await expectNoProblems(page);

  // Opened last, it is the first.
  await welcome();
  await expect(entries).toHaveText(['First', 'Second']);
  await recent.getByRole('button', { name: 'Forget recent files' }).click();
  await expect(recent).toContainText('will be listed here');
  await page.reload();
  await expect(recent).toContainText('will be listed here');
  await expect(entries).toHaveCount(0);
});
