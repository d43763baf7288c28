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

test('the samples of a failure are gone through, and one is copied as it is shown', async ({ app, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await storeHistory(app, [{ name: 'Night run', durationSeconds: 60, failureRate: 0.1 }]);
  await page.goto(`${new URL(app.link).origin}/#/live/1`);
  await page.getByRole('tab', { name: /^Failures/ }).click();
  await page.getByRole('grid', { name: 'Failures' }).getByRole('button', { name: 'HTTP 503' }).first().click();
  const detail = page.getByRole('region', { name: 'Failure HTTP 503' });
  const sample = detail.getByRole('region', { name: 'Sample' });
  const place = detail.getByRole('status');
  const next = detail.getByRole('button', { name: 'Next sample' });
  const previous = detail.getByRole('button', { name: 'Previous sample' });
  await expect(place).toHaveText(/^Sample 1 of [2-9]/);
  await expect(previous).toBeDisabled();
  const first = (await sample.textContent()) ?? '';
  await next.click();
  await expect(place).toHaveText(/^Sample 2 of /);
  expect(await sample.textContent()).not.toBe(first);
  await detail.getByRole('button', { name: 'Copy sample' }).click();
  await expect(page.getByText('Sample copied.')).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  for (const part of ['HTTP 503', 'POST /data HTTP/1.1', '{"temperature":21.4,"humidity":55.0}', '{"error":"queue full"}']) {
    expect(copied).toContain(part);
  }
  await previous.click();
  await expect(sample).toHaveText(first);
  // Each side can be scrolled by itself, with the keyboard too, and both are in sight.
  for (const side of ['Sent', 'Received']) {
    await sample.getByRole('region', { name: side }).focus();
    await expect(sample.getByRole('region', { name: side })).toBeInViewport({ ratio: 1 });
  }
});
