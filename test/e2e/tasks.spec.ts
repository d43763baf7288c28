import { expect, test } from './fixtures';
import { openScenario, startRun, tutorialScenario } from './scenarios';

test('shows expected and actual ratios by node type and in total, as a table and as bars that say the same', async ({
  page,
  demo,
}) => {
  const backend = await demo();
  const scenario = tutorialScenario({ baseUrl: backend.url, nodes: 8, durationSeconds: 3 });
  scenario.nodeTypes.push({
    name: 'Gateway',
    fixedCount: 2,
    wait: { kind: 'constant', seconds: 0.2 },
    tasks: [
      { name: 'sync', weight: 3, steps: [{ request: { path: '/greet/1', name: '/sync' } }] },
      { name: 'never', weight: 1, steps: [{ pause: { seconds: 0.1 } }] },
    ],
  });
  await openScenario(page, scenario);
  await startRun(page);
  await expect(page.getByRole('region', { name: 'Current run' })).toContainText('Finished', { timeout: 30_000 });
  await page.getByRole('tab', { name: 'Tasks' }).click();
  const table = page.getByRole('table', { name: 'Tasks' });
  const cells = async (task: string) =>
    table
      .getByRole('row', { name: new RegExp(` ${task} `) })
      .getByRole('cell')
      .allTextContents();

  // Weight 10 of 12 in a node type of 6 of 8 nodes; weight 3 of 4 in one of 2.
  const data = await cells('send_data');
  expect(data.slice(0, 3)).toEqual(['IoTNode', 'send_data', '10']);
  expect(data[4]).toBe('83.3 %');
  expect(data[6]).toBe('62.5 %');
  const sync = await cells('sync');
  expect([sync[4], sync[6]]).toEqual(['75.0 %', '18.8 %']);
  // The six nodes of the other type have greeted once each.
  expect(backend.stats.routes['GET /greet/{id}']?.requests).toBe(Number(sync[3]) + 6);

  // What was executed, in its own node type and of all.
  const rows = [data, await cells('send_health'), await cells('check_for_ota'), sync, await cells('never')];
  const executed = rows.map(([, , , count]) => Number(count?.replaceAll(',', '')));
  const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);
  const share = (text: string | undefined) => Number.parseFloat(text ?? '') / 100;
  for (const [index, row] of rows.entries()) {
    const own = index < 3 ? executed.slice(0, 3) : executed.slice(3);
    expect(share(row[5])).toBeCloseTo((executed[index] ?? 0) / sum(own), 2);
    expect(share(row[7])).toBeCloseTo((executed[index] ?? 0) / sum(executed), 2);
  }

  for (const [title, label, expected, actual] of [
    ['IoTNode', 'send_data', data[4], data[5]],
    ['Gateway', 'sync', sync[4], sync[5]],
    ['All node types', 'IoTNode: send_data', data[6], data[7]],
    ['All node types', 'Gateway: sync', sync[6], sync[7]],
  ] as const) {
    const bars = page.getByRole('figure', { name: new RegExp(`^${title}`) });
    await expect(bars.getByRole('listitem').filter({ hasText: label })).toHaveText(`${label}${actual}of ${expected}`);
  }
});
