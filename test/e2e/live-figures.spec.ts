import { expect, test } from './fixtures';
import { openScenario, startRun, tutorialScenario } from './scenarios';

test('a run that is on shows how far it has come, its figures and its events, and keeps them in the same view after its end', async ({
  page,
  demo,
}) => {
  const backend = await demo({ errorPercent: 50 });
  const scenario = tutorialScenario({ baseUrl: backend.url, nodes: 4, spawnRate: 4, durationSeconds: 15 });
  const longName = '/telemetry/of/all/{sensor}/of/a/node';
  const request = scenario.nodeTypes[0]?.tasks?.[0]?.steps?.[0]?.request;
  if (!request) throw new Error('the tutorial sends nothing');
  request.name = longName;
  await openScenario(page, scenario);
  await startRun(page);
  const main = page.getByRole('main');
  const strip = page.getByRole('region', { name: 'Current run' });
  await expect(strip).toContainText('4/4 nodes');
  const bar = main.getByRole('progressbar', { name: 'Progress of the run' });
  const share = async () => Number(await bar.getAttribute('aria-valuenow'));
  const before = await share();
  await expect.poll(share).toBeGreaterThan(before);
  await expect(bar).toHaveAttribute('aria-valuetext', /^00:\d\d \/ 00:15$/);
  await expect(strip).toContainText(/00:\d\d \/ 00:15/);
  await expect(strip).toContainText(/[1-9][\d.]* req\/s/);
  await expect(strip).toContainText(/[1-9][\d.]* % failed/);
  await expect(strip).toContainText(/[1-9][\d.]* ms p95/);
  await expect(strip).toContainText(/Generator: \w+/);
  for (const figure of ['Nodes', 'Requests/s', 'Failures/s', 'Median', 'p95', 'p99']) {
    await expect(main.getByRole('term').filter({ hasText: new RegExp(`^${figure}$`) })).toBeVisible();
    await expect(main.getByRole('img', { name: `${figure} over the last minute` })).toBeVisible();
  }

  // A long name gives way, and every column can be seen without scrolling.
  const statistics = page.getByRole('table', { name: 'Statistics by request' });
  await expect(statistics.getByTitle(longName)).toBeVisible();
  expect((await statistics.boundingBox())?.width).toBeLessThanOrEqual(
    await statistics.locator('..').evaluate((e) => e.clientWidth),
  );

  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  const form = page.getByRole('dialog', { name: 'Edit the run' });
  await form.getByRole('textbox', { name: 'Nodes' }).fill('2');
  await form.getByRole('button', { name: 'Apply' }).click();
  await expect(strip).toContainText('2/2 nodes');
  await page.getByRole('button', { name: 'Reset statistics' }).click();
  await page.getByRole('tab', { name: 'Charts' }).click();
  const events = page.getByRole('list', { name: 'Events of the run' });
  await expect(events.getByRole('button', { name: /4 of 4 planned nodes are up/ })).toBeVisible();
  await expect(events.getByRole('button', { name: /2 nodes/ }).first()).toBeVisible();
  await expect(events.getByRole('button', { name: /statistics/i })).toBeVisible();

  await expect(strip).toContainText('Finished', { timeout: 40_000 });
  await expect(page.getByRole('tab', { name: 'Charts' })).toHaveAttribute('aria-selected', 'true');
  await expect(bar).toHaveCount(0);
  for (const event of [/4 of 4 planned nodes are up/, /2 nodes/, /statistics/i]) {
    await expect(events.getByRole('button', { name: event }).first()).toBeVisible();
  }
  // What is stored is of the whole run, whatever was reset.
  await page.getByRole('tab', { name: 'Statistics' }).click();
  await page.getByRole('combobox', { name: 'Statistics of' }).click();
  await page.getByRole('option', { name: /^Whole run/ }).click();
  const all = page.getByRole('table', { name: 'Statistics by request' }).getByRole('row', { name: /Aggregated/ });
  await expect(all.getByRole('cell').nth(2)).toHaveText(backend.stats.requests.toLocaleString('en-US'));
});
