import { expect, test } from './fixtures';
import { openScenario, startRun, tutorialScenario } from './scenarios';

// Chromium itself reports each connection that is refused.
// What Chromium says of a request depends on the moment at which its server died.
const GONE = 'net::ERR_(?:CONNECTION_REFUSED|CONNECTION_RESET|CONNECTION_CLOSED|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED)';
const NOT_LOADED = 'Unable to preload CSS|dynamically imported module';
test.use({ allowConsoleErrors: new RegExp(`WebSocket connection to .* failed|${GONE}|status of 401|${NOT_LOADED}`) });

test('says that the server is away, keeps what was edited, and is told to take the new link once it is back', async ({
  page,
  app,
}) => {
  await openScenario(page, tutorialScenario({ baseUrl: 'http://127.0.0.1:8090' }));
  const { port } = app;
  await app.stop('SIGKILL');
  await expect(page.getByRole('status').first()).toContainText('The server cannot be reached; trying again…');
  await expect(page.getByRole('button', { name: 'Start run', exact: true })).toBeDisabled();
  // A view that was never shown is not there yet.
  await page.getByRole('link', { name: 'History' }).click();
  await expect(page.getByRole('heading', { name: 'The history view could not be loaded' })).toBeVisible();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(
    page.getByRole('region', { name: 'Notifications' }).getByText('The server still cannot be reached.'),
  ).toBeVisible();
  const host = page.getByRole('banner').getByRole('textbox', { name: 'Host' });
  await host.fill('http://127.0.0.1:8094');

  // Another server at the same place has another token: only its own link opens it.
  await app.start(port);
  await expect(page.getByRole('status').first()).toContainText('The server does not know this page. Open the link');
  await expect(host).toHaveValue('http://127.0.0.1:8094');
  page.on('dialog', (dialog) => void dialog.accept());
  await page.goto('about:blank');
  await page.goto(app.link);
  await expect(host).toHaveValue('http://127.0.0.1:8094');
  await expect(page.getByRole('button', { name: 'Start run', exact: true })).toBeEnabled();
  await expect(page.getByRole('status').first()).toHaveText('');
});

test('marks a run as interrupted when the server dies with it, and keeps its seconds', async ({ page, app, demo }) => {
  const backend = await demo();
  await openScenario(page, tutorialScenario({ baseUrl: backend.url }));
  await startRun(page);
  // A slow machine may show none of the seconds between.
  await expect(page.getByRole('region', { name: 'Current run' })).toContainText(/00:(0[3-9]|[1-5]\d)/);
  await app.stop('SIGKILL');
  await expect(page.getByRole('status').first()).toContainText('The server cannot be reached');

  await app.start();
  await page.goto(app.link);
  await page.getByRole('link', { name: 'History' }).click();
  const run = page.getByRole('grid', { name: 'Runs' }).getByRole('row', { name: /^Select IoT backend/ });
  await expect(run).toContainText('Interrupted');
  await run.getByRole('button', { name: 'IoT backend', exact: true }).click();
  const all = page.getByRole('table', { name: 'Statistics by request' }).getByRole('row', { name: /Aggregated/ });
  await expect(all.getByRole('cell').nth(2)).toHaveText(/^[1-9]/);
});

test('says that a server that stands still is away, and goes on by itself once it is there again', async ({ page, app }) => {
  // It has to be silent for long before it counts as away.
  test.slow();
  await openScenario(page, tutorialScenario({ baseUrl: 'http://127.0.0.1:8090' }));
  const start = page.getByRole('button', { name: 'Start run', exact: true });
  const banner = page.getByRole('status').first();
  await expect(start).toBeEnabled();
  // Its connections stay open, as those of a machine behind a network that is gone.
  process.kill(app.pid, 'SIGSTOP');
  try {
    await expect(banner).toContainText('The server cannot be reached; trying again…', { timeout: 60_000 });
    await expect(start).toBeDisabled();
  } finally {
    process.kill(app.pid, 'SIGCONT');
  }
  await expect(banner).toHaveText('', { timeout: 60_000 });
  await expect(start).toBeEnabled();
  await page.getByRole('link', { name: 'History' }).click();
  await expect(page.getByRole('heading', { name: 'No runs yet' })).toBeVisible();
});
