import { expect, test } from './fixtures';

test('the rate guard takes a rate, says what it cannot take, and keeps what it took over a reload', async ({ page }) => {
  await page.getByRole('link', { name: 'Settings' }).click();
  const guard = page.getByRole('region', { name: 'Rate guard' });
  const field = guard.getByRole('textbox', { name: 'At most' });
  const sentence = guard.getByText('Enter a number above 0, up to 1,000,000, or nothing.');
  const kept = () => page.waitForResponse(/settings\.set$/);
  await expect(field).toHaveValue('');

  let done = kept();
  await field.fill('250');
  await done;
  await expect(sentence).toHaveCount(0);
  await page.reload();
  await expect(field).toHaveValue('250');

  for (const nonsense of ['0', '-5', '2000000']) {
    await field.fill(nonsense);
    await expect(sentence).toBeVisible();
    await expect(field).toHaveAttribute('aria-invalid', 'true');
  }
  // Letters are not taken in the first place.
  await field.fill('');
  await field.pressSequentially('fast');
  await expect(field).toHaveValue('');
  done = kept();
  await field.fill('0.5');
  await done;
  await field.fill('0');
  await expect(sentence).toBeVisible();
  await page.reload();
  await expect(field).toHaveValue('0.5');
  await expect(sentence).toHaveCount(0);

  done = kept();
  await field.fill('');
  await done;
  await page.reload();
  await expect(field).toHaveValue('');
});
