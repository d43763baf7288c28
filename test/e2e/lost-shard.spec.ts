import { childrenOf } from './child-processes';
import { expect, test } from './fixtures';
import { openScenario, stopRun, tutorialScenario } from './scenarios';

test('a shard that is lost during the run is told in the head of the run, in its log and in the history, with what it cost', async ({
  page,
  app,
  demo,
}) => {
  test.skip(process.platform !== 'linux', 'the processes are found with the ps of Linux');
  const backend = await demo();
  await openScenario(page, tutorialScenario({ baseUrl: backend.url, nodes: 4 }));
  await page.keyboard.press('Control+Shift+Enter');
  const dialog = page.getByRole('dialog', { name: 'Start run with options' });
  await dialog.getByRole('button', { name: 'Advanced' }).click();
  await dialog.getByRole('textbox', { name: 'Shards' }).fill('2');
  await dialog.getByRole('button', { name: 'Start run', exact: true }).click();
  const strip = page.getByRole('region', { name: 'Current run' });
  await expect(strip).toContainText('4/4 nodes');
  const note = page.getByRole('note', { name: 'What happened to the run' });
  await expect(note).toHaveCount(0);
  const shards = childrenOf(app.pid).filter(({ command }) => /shard/i.test(command));
  expect(shards).toHaveLength(2);
  process.kill(shards[1]?.pid ?? 0, 'SIGKILL');

  await expect(strip).toContainText('Running, degraded');
  await expect(note).toHaveText(/^Part of the load was lost.* Shard \d was lost at .* 2 nodes gone/);
  const log = page.getByRole('tab', { name: /^Log/ });
  await expect(log).toHaveText('Log1');
  await log.click();
  await expect(page.getByRole('list', { name: 'Log' })).toContainText(/shard \d was lost/i);
  await stopRun(page);
  await page.getByRole('link', { name: 'History' }).click();
  const run = page.getByRole('grid', { name: 'Runs' }).getByRole('row').nth(1);
  await expect(run).toContainText(/degraded/i);
  await run.getByRole('button', { name: 'IoT backend', exact: true }).click();
  await expect(note).toContainText('Part of the load was lost');
});
