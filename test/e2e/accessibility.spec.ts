import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible';
import { EditorPage } from './editor-page';
import { expect, test } from './fixtures';
import { openScenario, startRun, tutorialScenario } from './scenarios';
import { storeHistory } from './stored-runs';

// Each look takes a second.
test.slow();

async function show(page: Page, view: string): Promise<void> {
  await page.evaluate((name) => window.location.assign(`#/${name}`), view);
  await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
  await expect(page.getByRole('main')).not.toContainText(/^Loading|Reading/);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`breaks no rule of accessibility in any view, ${colorScheme}`, async ({ page, app }) => {
    const rules = colorScheme === 'light' ? 'wcag' : 'colours';
    const expectClean = (what: string) => expectAccessible(page, what, { rules });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.getByRole('button', { name: 'New scenario' })).toBeVisible();
    await expectClean('welcome');
    await show(page, 'compare');
    await expectClean('compare without runs');
    await show(page, 'history');
    await expectClean('history without runs');
    await show(page, 'live');
    await expectClean('live without a run');

    await storeHistory(app, [
      { name: 'Version 1', durationSeconds: 120, invalidSeconds: [50, 51, 52], failureRate: 0.03 },
      { name: 'Version 2', durationSeconds: 120, latencyFactor: 1.4, run: { status: 'stopped', baseline: true } },
      { name: 'Version 3', durationSeconds: 20, run: { status: 'failed', statusReason: 'A shard has ended.' } },
    ]);
    await openScenario(page, tutorialScenario({ baseUrl: 'http://127.0.0.1:8090', nodes: 0 }));
    await page.getByRole('treeitem', { name: /^POST \/data/ }).click();
    await expect(page.getByRole('article', { name: 'Node 0' }).or(page.getByText(/Fix the/))).toBeVisible();
    await expectClean('editor with a problem');
    await page.getByRole('treeitem', { name: /^iot_id/ }).click();
    await expectClean('a variable');
    await page.getByRole('button', { name: '1 problem' }).click();
    await expectClean('list of problems');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
    await expectClean('command palette');
    await page.keyboard.press('Escape');

    await page.reload();
    await show(page, 'history');
    await page.getByRole('grid', { name: 'Runs' }).getByRole('checkbox').nth(1).click();
    await expectClean('history');
    await show(page, 'compare/1,2');
    await expect(page.getByRole('table', { name: 'Verdicts' })).toBeVisible();
    await expect(page.getByRole('figure', { name: /^Percentile spectrum/ })).toBeVisible();
    await expectClean('compare');
    await show(page, 'settings');
    await expectClean('settings');
    await show(page, 'live/1');
    for (const tab of ['Statistics', 'Charts', 'Failures', 'Exceptions', 'Tasks', 'Log', 'Download data']) {
      await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
      await expectClean(`stored run, ${tab}`);
    }
    await page.getByRole('tab', { name: /^Failures/ }).click();
    await page.getByRole('grid', { name: 'Failures' }).getByRole('button', { name: 'HTTP 503' }).first().click();
    await expect(page.getByRole('region', { name: 'Failure HTTP 503' })).toBeVisible();
    await expectClean('a failure with its samples');
  });
}

test('breaks no rule of accessibility while a run is on', async ({ page, demo }) => {
  const backend = await demo({ errorPercent: 20 });
  await openScenario(page, tutorialScenario({ baseUrl: backend.url, durationSeconds: 60 }));
  await startRun(page);
  await expect(page.getByRole('region', { name: 'Current run' })).toContainText('10/10 nodes');
  await expectAccessible(page, 'live');
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await expectAccessible(page, 'editing the run');
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Charts' }).click();
  await expectAccessible(page, 'charts');
  await page.keyboard.press('Control+.');
});

test('breaks no rule of accessibility in any question, in light and dark', async ({ page }) => {
  const expectCleanInBoth = async (what: string) => {
    for (const [colorScheme, rules] of [
      ['dark', 'colours'],
      ['light', 'wcag'],
    ] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await expectAccessible(page, `${what}, ${colorScheme}`, { rules });
    }
  };
  // An address of documentation. Nothing is sent to it: the question is left.
  const scenario = tutorialScenario({ baseUrl: 'http://203.0.113.7:8080' });
  await openScenario(page, scenario);
  const start = page.getByRole('button', { name: 'Start run', exact: true });
  await start.click();
  await expect(page.getByRole('alertdialog', { name: 'Are you allowed to load-test 203.0.113.7?' })).toBeVisible();
  await expectCleanInBoth('the question whether a host may be tested');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Shift+Enter');
  await expect(page.getByRole('dialog', { name: 'Start run with options' })).toBeVisible();
  await expectCleanInBoth('start with options');
  await page.keyboard.press('Escape');

  const [nodeType] = scenario.nodeTypes;
  nodeType?.variables?.push({ name: 'serial', generator: { kind: 'csvColumn', file: '/nowhere/devices.csv', column: 'serial' } });
  await openScenario(page, { ...scenario, target: { baseUrl: 'http://127.0.0.1:8090' } });
  await start.click();
  await expect(page.getByRole('alertdialog', { name: 'Let the scenario read these files?' })).toBeVisible();
  await expectCleanInBoth('the question for files');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: 'Notifications' }).getByText(/has not been allowed/)).toBeVisible();
  await expectCleanInBoth('what was refused');

  await page.getByRole('banner').getByRole('textbox', { name: 'Nodes' }).fill('3');
  await page.getByRole('link', { name: 'Welcome' }).click();
  await page.getByRole('button', { name: 'New scenario' }).click();
  await expect(page.getByRole('alertdialog', { name: /^Save the changes/ })).toBeVisible();
  await expectCleanInBoth('the question for unsaved changes');
  await page.getByRole('button', { name: 'Discard changes' }).click();

  const editor = new EditorPage(page);
  await expect(editor.details.getByText('required', { exact: true })).toBeVisible();
  await expectCleanInBoth('a new scenario');
  await editor.choose(/^Load/);
  await editor.details.getByRole('button', { name: 'Stages' }).click();
  await editor.details.getByRole('button', { name: 'Add stage' }).click();
  await expectAccessible(page, 'stages of the load');
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('textbox', { name: 'At most' }).fill('0');
  await expect(page.getByText(/^Enter a number above 0/)).toBeVisible();
  await expectAccessible(page, 'a rate that cannot be');
});
