import { expect, test } from './fixtures';
import { expectNoProblems } from './scenarios';

test('leads from the welcome view to a running swarm in three clicks', async ({ page }) => {
  await page.getByRole('button', { name: 'Try it with the demo backend' }).click();
  await page.getByRole('button', { name: 'Start run', exact: true }).click();
  const strip = page.getByRole('region', { name: 'Current run' });
  await expect(strip).toContainText('Running');
  await expect(
    page.getByRole('table', { name: 'Statistics by request' }).getByRole('row', { name: /POST \/data/ }),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(strip).toContainText('Stopped');

  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Stop the demo backend' }).click();
  await expect(page.getByRole('main')).toContainText('It is not running.');
});

test('every sample opens without a problem', async ({ page }) => {
  for (const name of ['Fleet telemetry', 'IoT backend', 'Login and publish']) {
    await page.getByRole('link', { name: 'Welcome' }).click();
    await page.getByRole('button', { name: new RegExp(`^${name} `) }).click();
    await expect(page.getByRole('banner').getByRole('button', { name })).toBeVisible();
    await expectNoProblems(page);
  }
});

test('finds commands by a few letters', async ({ page }) => {
  await expect(page.getByRole('button', { name: 'New scenario' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('hist');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'No runs yet' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('login');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('banner').getByRole('button', { name: 'Login and publish' })).toBeVisible();
});

test('takes commands typed at once, also while the list of before goes away', async ({ page }) => {
  await expect(page.getByRole('button', { name: 'New scenario' })).toBeVisible();
  // A busy machine: frames come late, keys do not.
  await page.evaluate(() => {
    window.requestAnimationFrame = (callback) => window.setTimeout(() => callback(performance.now()), 500);
  });
  for (const [letters, heading] of [
    ['hist', 'No runs yet'],
    ['settings', 'Settings'],
  ] as const) {
    await page.keyboard.press('Control+k');
    await page.keyboard.type(letters);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: heading })).toBeVisible();
  }
  await page.keyboard.press('Control+k');
  await page.keyboard.type('login');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('banner').getByRole('button', { name: 'Login and publish' })).toBeVisible();
});
