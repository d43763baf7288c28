import type { Page, Route } from '@playwright/test';
import type { RouteName } from '../../src/shared/api/routes';
import { EditorPage } from './editor-page';
import { expect, test } from './fixtures';
import { openScenario, startRun, stopRun, tutorialScenario } from './scenarios';
import { storeHistory } from './stored-runs';

const SENTENCE = 'The disk is full. Free some space, and try again.';

/** Lets a route fail from now on, as main tells that something went wrong. */
async function fail(page: Page, name: RouteName): Promise<void> {
  await page.route(`**/api/${name}`, (route: Route) =>
    route.fulfill({ json: { ok: false, error: { code: 'internal', message: SENTENCE } } }),
  );
}

/** Holds the answers of a route back until the function that it gives is called. */
async function hold(page: Page, name: RouteName): Promise<() => void> {
  const { promise: held, resolve: answer } = Promise.withResolvers<void>();
  await page.route(`**/api/${name}`, async (route) => {
    await held;
    await route.continue();
  });
  return answer;
}

async function mend(page: Page): Promise<void> {
  await page.unrouteAll();
}

/** The sentence is somewhere in sight; a notification is then closed. */
async function expectTold(page: Page, what: string): Promise<void> {
  await expect(page.getByText(SENTENCE).first(), what).toBeVisible();
  const close = page.getByRole('region', { name: 'Notifications' }).getByRole('button', { name: 'Dismiss' });
  await expect(async () => {
    if ((await close.count()) > 0) await close.first().click({ timeout: 1_000 });
    await expect(close).toHaveCount(0, { timeout: 500 });
  }).toPass();
}

test('every view that cannot be read says why, and reads again when asked', async ({ page, app }) => {
  await storeHistory(app, [
    { name: 'Version 1', durationSeconds: 60 },
    { name: 'Version 2', durationSeconds: 60 },
  ]);
  const show = async (view: string) => {
    await page.goto('about:blank');
    await page.goto(`${app.link}#/${view}`);
  };
  for (const [name, view, sign] of [
    ['runs.list', 'history', page.getByRole('grid', { name: 'Runs' })],
    ['runs.list', 'compare', page.getByRole('button', { name: 'Compare', exact: true })],
    ['runs.read', 'live/1', page.getByRole('table', { name: 'Statistics by request' })],
    ['runs.compare', 'compare/1,2', page.getByRole('table', { name: 'Verdicts' })],
    ['app.info', 'settings', page.getByRole('heading', { name: 'Settings' })],
  ] as const) {
    await fail(page, name);
    await show(view);
    await expect(page.getByText(SENTENCE).first(), `${name} in ${view}`).toBeVisible();
    await mend(page);
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await expect(sign, `${name} in ${view}`).toBeVisible();
    await expect(page.getByText(SENTENCE)).toHaveCount(0);
  }
  // Parts of a view.
  for (const [name, view, open] of [
    ['runs.course', 'live/1', () => page.getByRole('tab', { name: 'Charts' }).click()],
    ['runs.heat', 'live/1', () => page.getByRole('tab', { name: 'Charts' }).click()],
    ['runs.course', 'compare/1,2', () => Promise.resolve()],
    ['runs.spectrum', 'compare/1,2', () => Promise.resolve()],
  ] as const) {
    await fail(page, name);
    await show(view);
    await open();
    await expect(page.getByText(SENTENCE).first(), `${name} in ${view}`).toBeVisible();
    await mend(page);
    await page
      .getByRole('button', { name: /^Try again/ })
      .first()
      .click();
    await expect(page.getByText(SENTENCE)).toHaveCount(0);
  }
  // A chart of what has not been read so far.
  await show('live/1');
  await page.getByRole('tab', { name: 'Charts' }).click();
  await fail(page, 'runs.course');
  await page.getByRole('combobox', { name: 'Charts of' }).click();
  await page.getByRole('option', { name: /\/data/ }).click();
  const chart = page.getByRole('figure', { name: /^Response times/ });
  await expect(chart.getByText(SENTENCE)).toBeVisible();
  await mend(page);
  await chart.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText(SENTENCE)).toHaveCount(0);
});

test('whatever cannot be done is told, and nothing is shown as done', async ({ page, app, demo }) => {
  const backend = await demo();
  await storeHistory(app, [
    { name: 'Version 1', durationSeconds: 60 },
    { name: 'Version 2', durationSeconds: 60 },
  ]);
  const attempt = async (name: RouteName, what: () => Promise<void>) => {
    await fail(page, name);
    await what();
    await expectTold(page, name);
    await mend(page);
  };
  const row = () => page.getByRole('grid', { name: 'Runs' }).getByRole('row', { name: /^Select Version 1, run 1 / });
  const choose = async (action: string) => {
    await row().hover();
    await page.getByRole('button', { name: 'Actions on Version 1, run 1', exact: true }).click();
    await page.getByRole('menuitem', { name: action }).click();
  };

  await attempt('demo.start', () => page.getByRole('button', { name: 'Try it with the demo backend' }).click());
  await attempt('scenarios.openSample', () => page.getByRole('button', { name: /^Fleet telemetry/ }).click());
  await page.getByRole('link', { name: 'History' }).click();
  await attempt('runs.update', async () => {
    await choose('Rename');
    await page.keyboard.type('Another name');
    await page.keyboard.press('Enter');
  });
  await expect(row()).toBeVisible();
  await attempt('runs.update', () => choose('Pin as baseline'));
  await attempt('runs.delete', () => choose('Delete'));
  await expect(row()).toBeVisible();
  await attempt('runs.export', () => choose('JSON'));
  await attempt('runs.read', () => choose('Run again…'));
  await choose('Delete');
  await attempt('runs.restore', () =>
    page.getByRole('region', { name: 'Notifications' }).getByRole('button', { name: 'Undo' }).click(),
  );

  await page.evaluate(() => window.location.assign('#/live/2'));
  await page.getByRole('tab', { name: 'Download data' }).click();
  await attempt('runs.export', () => page.getByRole('button', { name: 'Download JSON', exact: true }).click());
  await page.getByRole('link', { name: 'Settings' }).click();
  await attempt('settings.set', () => page.getByRole('textbox', { name: 'At most' }).fill('5'));

  await openScenario(page, tutorialScenario({ baseUrl: backend.url, nodes: 2 }));
  await attempt('scenarios.autosave', () => page.getByRole('banner').getByRole('textbox', { name: 'Spawn rate' }).fill('3'));
  const editor = new EditorPage(page);
  await editor.choose(/^POST \/data/);
  await expect(editor.preview.getByRole('article', { name: 'Node 0' })).toBeVisible();
  await attempt('scenarios.preview', () => editor.preview.getByRole('button', { name: 'Next nodes' }).click());
  await attempt('scenarios.sendOnce', () => editor.preview.getByRole('button', { name: 'Send once' }).click());
  await attempt('scenarios.previewGenerator', () => editor.choose(/^iot_id/));
  await attempt('runs.start', () => page.getByRole('button', { name: 'Start run', exact: true }).click());
  await expect(page.getByRole('button', { name: 'Start run', exact: true })).toBeEnabled();

  await startRun(page);
  await expect(page.getByRole('region', { name: 'Current run' })).toContainText('2/2 nodes');
  await attempt('runs.edit', async () => {
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByRole('dialog', { name: 'Edit the run' }).getByRole('button', { name: 'Apply' }).click();
  });
  await page.keyboard.press('Escape');
  await attempt('runs.resetStatistics', () => page.getByRole('button', { name: 'Reset statistics' }).click());
  await attempt('runs.stop', () => page.getByRole('button', { name: 'Stop', exact: true }).click());
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
  await stopRun(page);
});

test('a view says that it is being read as long as it is', async ({ page, app }) => {
  await storeHistory(app, [
    { name: 'Version 1', durationSeconds: 60 },
    { name: 'Version 2', durationSeconds: 60 },
  ]);
  // While a chart is being read it is there, but cannot be used.
  const chart = (title: RegExp) => page.getByRole('slider', { name: title }).and(page.locator(':not([inert])'));
  for (const [name, view, said, sign] of [
    ['runs.list', 'history', /reading/i, page.getByRole('grid', { name: 'Runs' })],
    ['runs.read', 'live/1', /reading|loading/i, page.getByRole('table', { name: 'Statistics by request' })],
    ['runs.compare', 'compare/1,2', /comparing/i, page.getByRole('table', { name: 'Verdicts' })],
    ['runs.course', 'compare/1,2', /^Reading Requests/, chart(/^Requests/)],
    ['runs.spectrum', 'compare/1,2', /^Reading Percentile spectrum/, chart(/^Percentile spectrum/)],
  ] as const) {
    const answer = await hold(page, name);
    await page.goto('about:blank');
    await page.goto(`${app.link}#/${view}`);
    await expect(page.getByRole('main').getByRole('status').filter({ hasText: said }).first(), view).toBeVisible();
    await expect(sign).toHaveCount(0);
    answer();
    await expect(sign).toBeVisible();
    await mend(page);
  }

  // The charts of a run have their place while they are read: nothing moves when the lines come.
  const answer = await hold(page, 'runs.course');
  await page.goto('about:blank');
  await page.goto(`${app.link}#/live/1`);
  await page.getByRole('tab', { name: 'Charts' }).click();
  const nodes = page.getByRole('slider', { name: /^Nodes/ });
  await expect(page.getByText('Reading Nodes')).toBeVisible();
  const before = await nodes.boundingBox();
  await expect(chart(/^Nodes/)).toHaveCount(0);
  answer();
  await expect(chart(/^Nodes/)).toBeVisible();
  expect(await nodes.boundingBox()).toEqual(before);
});
