import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppServer } from './app-server';
import { expect, test } from './fixtures';
import { openScenario, tutorialScenario } from './scenarios';

const ROOT = process.env.E2E_ROOT ?? join(import.meta.dirname, '../..');

// A build of its own, to be built anew while a page is open; where its libraries are found as in any other build.
test.use({
  app: async ({}, use) => {
    const cache = join(ROOT, 'node_modules/.cache');
    mkdirSync(cache, { recursive: true });
    const root = mkdtempSync(join(cache, 'e2e-build-'));
    for (const part of ['out', 'package.json', 'resources']) cpSync(join(ROOT, part), join(root, part), { recursive: true });
    const app = new AppServer(join(root, 'data'), { root });
    await app.start();
    await use(app);
    await app.stop();
    rmSync(root, { recursive: true, force: true });
  },
  allowConsoleErrors: /status of 404|Refused to apply style|Unable to preload CSS|dynamically imported module/,
});

test('says that the app was updated where a view of the old one is gone, and reloads with what was edited', async ({
  page,
  app,
}) => {
  await openScenario(page, tutorialScenario({ baseUrl: 'http://127.0.0.1:8090' }));
  const host = page.getByRole('banner').getByRole('textbox', { name: 'Host' });
  await host.fill('http://127.0.0.1:8094');
  buildAnew(join(app.folder, '../out/renderer'));

  await page.getByRole('link', { name: 'History' }).click();
  await expect(page.getByRole('heading', { name: 'Nodeswarm was updated' })).toBeVisible();
  await expect(page.getByRole('alert')).toContainText('Reload to use the new one; your edits are kept');
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  await page.getByRole('button', { name: 'Reload' }).click();
  await page.getByRole('link', { name: 'History' }).click();
  await expect(page.getByRole('heading', { name: 'No runs yet' })).toBeVisible();
  await expect(host).toHaveValue('http://127.0.0.1:8094');
  expect(asked).toEqual([]);
});

/** What another build leaves in the folder of the renderer: every part under another name. */
function buildAnew(folder: string): void {
  const assets = join(folder, 'assets');
  const names = new Map<string, string>();
  for (const name of readdirSync(assets)) {
    const hash = /-([\w-]{8})\.(?:js|css)$/.exec(name)?.[1];
    if (hash) names.set(hash, [...hash].reverse().join(''));
  }
  const renamed = (text: string) => [...names].reduce((all, [from, to]) => all.replaceAll(`-${from}.`, `-${to}.`), text);
  for (const file of [join(folder, 'index.html'), ...readdirSync(assets).map((name) => join(assets, name))]) {
    if (/\.(?:js|css|html)$/.test(file)) writeFileSync(file, renamed(readFileSync(file, 'utf8')));
    renameSync(file, renamed(file));
  }
}
