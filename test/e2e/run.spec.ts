import { expect, test } from './fixtures';
import { openScenario, startRun, stopRun, tutorialScenario } from './scenarios';

test('changes the load of a run that is on, begins its statistics anew, and stops it', async ({ page, demo }) => {
  const backend = await demo();
  await openScenario(page, tutorialScenario({ baseUrl: backend.url, nodes: 5 }));
  await startRun(page);
  const strip = page.getByRole('region', { name: 'Current run' });
  await expect(strip).toContainText('5/5 nodes');
  await expect(strip).toContainText('Running');

  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  const form = page.getByRole('dialog', { name: 'Edit the run' });
  await form.getByRole('textbox', { name: 'Nodes' }).fill('0');
  await expect(form.getByRole('button', { name: 'Apply' })).toBeDisabled();
  await form.getByRole('textbox', { name: 'Nodes' }).fill('25');
  await form.getByRole('textbox', { name: 'Spawn rate' }).fill('50');
  await form.getByRole('button', { name: 'Apply' }).click();
  await expect(form).toHaveCount(0);
  await expect(strip).toContainText('25/25 nodes');

  // It remembers what was asked for, and brings nodes down as well.
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await expect(form.getByRole('textbox', { name: 'Nodes' })).toHaveValue('25');
  await form.getByRole('textbox', { name: 'Nodes' }).fill('2');
  await form.getByRole('button', { name: 'Apply' }).click();
  await expect(strip).toContainText('2/2 nodes');

  const greeted = page.getByRole('table', { name: 'Statistics by request' }).getByRole('row', { name: /^GET \/greet/ });
  await expect(greeted.getByRole('cell').nth(2)).toHaveText('25');
  await page.getByRole('button', { name: 'Reset statistics' }).click();
  await expect(greeted.getByRole('cell', { name: '25', exact: true })).toHaveCount(0);

  await stopRun(page);
  await expect(strip).toContainText('Stopped');
  expect(backend.stats.routes['GET /greet/{id}']?.requests).toBe(25);

  // What is stored is whole.
  await page.getByRole('link', { name: 'History' }).click();
  await page.getByRole('grid', { name: 'Runs' }).getByRole('button', { name: 'IoT backend', exact: true }).click();
  await page.getByRole('combobox', { name: 'Statistics of' }).click();
  await page.getByRole('option', { name: 'Whole run' }).click();
  await expect(greeted.getByRole('cell').nth(2)).toHaveText('25');
});

test('shows a run from all sides while it is on', async ({ page, demo }) => {
  const backend = await demo({ latency: { kind: 'lognormal', medianMs: 5, p99Ms: 40 } });
  await openScenario(page, tutorialScenario({ baseUrl: backend.url, nodes: 20, durationSeconds: 60 }));
  await startRun(page);
  const main = page.getByRole('main');
  await expect(main.getByRole('progressbar', { name: 'Progress of the run' })).toBeVisible();
  await expect(main.getByRole('definition').filter({ hasText: /20\s*of\s*20/ })).toBeVisible();

  const statistics = page.getByRole('table', { name: 'Statistics by request' });
  await expect(statistics.getByRole('row')).toHaveCount(6);
  await main.getByRole('searchbox', { name: 'Filter requests' }).fill('health');
  await expect(statistics.getByRole('row', { name: /POST \/health/ })).toBeVisible();
  await expect(statistics.getByRole('row', { name: /POST \/data/ })).toHaveCount(0);
  await expect(statistics.getByRole('row', { name: /Aggregated/ })).toBeVisible();
  await main.getByRole('searchbox', { name: 'Filter requests' }).fill('');

  await statistics.getByRole('button', { name: 'Name' }).click();
  await expect(statistics.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'ascending');
  await main.getByRole('combobox', { name: 'Time shown' }).click();
  await page.getByRole('option', { name: /from schedule/i }).click();
  await expect(main.getByRole('combobox', { name: 'Time shown' })).toContainText(/from schedule/i);
  await main.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: /^99 %ile/ }).click();
  await page.keyboard.press('Escape');
  await expect(statistics.getByRole('columnheader', { name: /^99 %ile/ })).toHaveCount(0);

  await page.getByRole('tab', { name: 'Charts' }).click();
  for (const name of ['Requests and failures', 'Response times', 'Nodes', 'Latency heat map']) {
    await expect(page.getByRole('figure', { name })).toBeVisible();
  }
  // One cursor over all charts, also with the keyboard.
  await page.getByRole('slider', { name: /^Response times/ }).focus();
  await page.keyboard.press('Home');
  await expect(page.getByRole('slider', { name: /^Response times/ })).toHaveAttribute('aria-valuetext', /00:00/);
  await page.getByRole('button', { name: 'Show as table' }).click();
  await expect(page.getByRole('table').getByRole('row').nth(1)).toBeVisible();

  await page.getByRole('tab', { name: 'Tasks' }).click();
  await expect(page.getByRole('table', { name: 'Tasks' }).getByRole('row', { name: /send_data/ })).toContainText('83.3 %');
  await page.getByRole('tab', { name: 'Log' }).click();
  await expect(page.getByRole('list', { name: 'Log' })).toContainText('Run 1, IoT backend, started');

  // From every view the strip leads back.
  await page.getByRole('link', { name: 'Editor' }).click();
  await page.getByRole('region', { name: 'Current run' }).getByRole('link').click();
  await expect(page.getByRole('tab', { name: 'Log' })).toBeVisible();
  await stopRun(page);
});

test('shows failures with what was sent and what came back, during the run and from the history', async ({ page, demo }) => {
  const backend = await demo({ errorPercent: 40 });
  await openScenario(page, tutorialScenario({ baseUrl: backend.url, name: 'Faulty backend', nodes: 10 }));
  await startRun(page);
  await page.getByRole('tab', { name: /^Failures/ }).click();
  const open = page
    .getByRole('grid', { name: 'Failures' })
    .getByRole('row', { name: /POST \/data HTTP 503/ })
    .getByRole('button');
  await open.click();
  const detail = page.getByRole('region', { name: 'Failure HTTP 503' });
  await expect(detail).toContainText('POST /data HTTP/1.1');
  await expect(detail).toContainText('"temperature"');
  await expect(detail).toContainText('HTTP/1.1 503');
  await stopRun(page);
  await expect(detail).toBeVisible();

  await page.getByRole('link', { name: 'History' }).click();
  await page.getByRole('grid', { name: 'Runs' }).getByRole('button', { name: 'Faulty backend', exact: true }).click();
  await page.getByRole('tab', { name: /^Failures/ }).click();
  await open.click();
  await expect(detail).toContainText('HTTP/1.1 503');
  await detail.getByRole('button', { name: 'Close' }).click();
  await expect(detail).toHaveCount(0);
});

test('shows what could not be carried out as exceptions, and unreachable backends as failures', async ({ page }) => {
  const scenario = tutorialScenario({ baseUrl: 'http://127.0.0.1:9', nodes: 2 });
  const [nodeType] = scenario.nodeTypes;
  nodeType?.tasks?.push({
    name: 'publish',
    weight: 5,
    steps: [
      { request: { path: '/login', expect: { status: [200] }, extract: [{ variable: 'token', jsonPath: '$.token' }] } },
      { request: { method: 'POST', path: '/data/{{token}}' } },
    ],
  });
  await openScenario(page, scenario);
  await startRun(page);
  await page.getByRole('tab', { name: /^Failures/ }).click();
  await expect(
    page.getByRole('grid', { name: 'Failures' }).getByRole('row', { name: /POST \/data ConnectionRefused/ }),
  ).toBeVisible();
  await page.getByRole('tab', { name: /^Exceptions/ }).click();
  await expect(page.getByRole('table', { name: 'Exceptions' })).toContainText('token');
  await stopRun(page);
});

test('starts, edits and stops a run with the keyboard alone', async ({ page, demo }) => {
  const backend = await demo();
  await openScenario(page, tutorialScenario({ baseUrl: backend.url, nodes: 3 }));
  const strip = page.getByRole('region', { name: 'Current run' });

  await page.keyboard.press('Control+Enter');
  await expect(strip).toContainText('3/3 nodes');
  await page.keyboard.press('Control+e');
  await expect(page.getByRole('dialog', { name: 'Edit the run' }).getByRole('textbox', { name: 'Nodes' })).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('6');
  await page.keyboard.press('Enter');
  await expect(strip).toContainText('6/6 nodes');
  await page.keyboard.press('Control+.');
  await expect(strip).toContainText('Stopped');

  // With other values, by the command palette.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('options');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Start run with options' });
  await expect(dialog.getByRole('textbox', { name: 'Nodes' })).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('4');
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(strip).toContainText('4/4 nodes');
  await page.keyboard.press('Control+.');
  await expect(strip).toContainText('Stopped');
});
