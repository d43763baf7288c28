import { childrenOf } from './child-processes';
import { expect, test } from './fixtures';
import { openScenario, startRun, stopRun, tutorialScenario } from './scenarios';

test('a history that stands still is told in the head of the run and in the strip, until it has caught up', async ({
  page,
  app,
  demo,
}) => {
  test.skip(process.platform !== 'linux', 'the processes are found with the ps of Linux');
  const backend = await demo();
  await openScenario(page, tutorialScenario({ baseUrl: backend.url, nodes: 4 }));
  await startRun(page);
  const strip = page.getByRole('region', { name: 'Current run' });
  await expect(strip).toContainText('4/4 nodes');
  const note = page.getByRole('note', { name: 'Trouble with the history' });
  await expect(note).toHaveCount(0);
  const [history] = childrenOf(app.pid).filter(({ command }) => /history/i.test(command));
  if (!history) throw new Error('the history has no process');
  process.kill(history.pid, 'SIGSTOP');
  try {
    await expect(note).toHaveText(/^History is behind, its seconds are held .* has not answered for 10 s\.$/, {
      timeout: 60_000,
    });
    await expect(strip).toContainText('Running, history behind');
  } finally {
    process.kill(history.pid, 'SIGCONT');
  }
  await expect(note).toHaveCount(0);
  await expect(strip).not.toContainText('history behind');
  await stopRun(page);
});
