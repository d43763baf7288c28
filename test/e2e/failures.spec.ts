import { expect, test } from './fixtures';
import { storeHistory } from './stored-runs';

test('a failure is opened and closed by keyboard, and the focus is back on its row, in a wide window and in a narrow one', async ({
  app,
  page,
}) => {
  await storeHistory(app, [{ name: 'Night run', durationSeconds: 60, failureRate: 0.03 }]);
  await page.goto(`${new URL(app.link).origin}/#/live/1`);
  await page.getByRole('tab', { name: /^Failures/ }).click();
  const failures = page.getByRole('grid', { name: 'Failures' });
  const row = failures.getByRole('row', { name: /HTTP 503/ }).last();
  const detail = page.getByRole('region', { name: 'Failure HTTP 503' });
  const filter = page.getByRole('searchbox', { name: 'Filter failures' });
  await filter.fill('503');
  for (const width of [1280, 700]) {
    await page.setViewportSize({ width, height: 800 });
    await row.focus();
    await page.keyboard.press('Enter');
    await detail.getByRole('button', { name: 'Close' }).focus();
    await page.keyboard.press('Enter');
    await expect(detail).toHaveCount(0);
    await expect(row).toBeFocused();
    // The table is the one that it was.
    await expect(filter).toHaveValue('503');
  }
});
