import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { launchChromium } from '../support/chromium';
import { hostileScenario, hostileServer } from '../support/hostile-text';
import { attackPolicy, REFUSED_BY_POLICY } from '../support/policy-attack';
import { okResponse, RawServer } from '../support/raw-server';
import { EditorPage } from './editor-page';
import { expect, test } from './fixtures';
import { openScenario, startRun, tutorialScenario } from './scenarios';

/** Fails when anything of the attack ran or shows as something else than text. */
async function expectHarmless(page: Page, dialogs: readonly string[]): Promise<void> {
  expect(dialogs).toEqual([]);
  expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
  expect(await page.locator('img[src="x"], body script:not([src])').count()).toBe(0);
  // Where direction is overridden at all, it is within an element that isolates it.
  const leaking = await page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const { parentElement: element, textContent } = node;
      if (!element || !/[\u202a-\u202e\u2066-\u2069]/.test(textContent ?? '')) continue;
      const { unicodeBidi, display } = getComputedStyle(element);
      if (display.startsWith('inline') && !display.includes('-') && !/isolate|plaintext/.test(unicodeBidi)) {
        found.push(`${element.tagName}: ${textContent}`);
      }
    }
    return found;
  });
  expect(leaking).toEqual([]);
}

test.describe('a stranger’s scenario against a hostile backend', () => {
  let server: RawServer;
  test.beforeEach(async () => {
    server = await hostileServer();
  });
  test.afterEach(() => server.close());

  test('shows as text in every view, runs nothing and asks nothing', async ({ page }) => {
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await openScenario(page, hostileScenario(server.port));
    const editor = new EditorPage(page);
    await editor.choose(/^GET \/bad/);
    await page.getByRole('button', { name: /^Send once/ }).click();
    const sent = page.getByRole('region', { name: 'Sent once' });
    await expect(sent).toContainText('window.pwned=1');
    await expect(sent).toContainText('⟨U+202E⟩');
    await expect(sent).toContainText('⟨U+001B⟩');
    await expectHarmless(page, dialogs);

    await startRun(page);
    await expect(page.getByRole('button', { name: 'Start run', exact: true })).toBeEnabled({ timeout: 30_000 });
    await expectHarmless(page, dialogs);
    for (const tab of ['Failures', 'Exceptions', 'Tasks', 'Log']) {
      await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
      await expect(page.getByRole('tabpanel').first()).toBeVisible();
      if (tab === 'Failures') {
        await page.getByRole('grid', { name: 'Failures' }).getByRole('button', { name: 'HTTP 500' }).first().click();
        const sample = page.getByRole('region', { name: 'Sample' });
        await expect(sample).toContainText('</script><script>window.pwned=1;alert(1)</script>');
        await expect(sample).toContainText('⟨U+202E⟩gnp.exe⟨U+2066⟩');
        await expect(sample).toContainText('⟨U+001B⟩[2J');
      }
      await expectHarmless(page, dialogs);
    }
    await page.getByRole('link', { name: 'History' }).click();
    await expect(page.getByRole('grid', { name: 'Runs' })).toContainText('HYPERLINK');
    await expectHarmless(page, dialogs);
  });
});

test.describe('a host of somebody else', () => {
  /** An address of documentation. Nothing is sent to it: the secret that is missing is found after the question. */
  const scenario = () => {
    const document = tutorialScenario({ baseUrl: 'http://203.0.113.7:8080', durationSeconds: 1 });
    return { ...document, target: { ...document.target, headers: { 'x-token': '{{secret.NOT_SET_ANYWHERE}}' } } };
  };

  test('is asked about before a run, once', async ({ page }) => {
    await openScenario(page, scenario());
    const start = page.getByRole('button', { name: 'Start run', exact: true });
    const question = page.getByRole('alertdialog', { name: 'Are you allowed to load-test 203.0.113.7?' });
    await start.click();
    await expect(question).toContainText('neither this machine nor in a private network');
    await question.getByRole('button', { name: 'Cancel' }).click();
    await expect(question).toHaveCount(0);
    await expect(page.getByText(/NOT_SET_ANYWHERE.*is not set|which is not set/)).toHaveCount(0);

    await start.click();
    await question.getByRole('button', { name: 'I am allowed to' }).click();
    await expect(page.getByText(/which is not set/).first()).toBeVisible();

    await page.reload();
    await start.click();
    await expect(page.getByText(/which is not set/).first()).toBeVisible();
    await expect(question).toHaveCount(0);
  });
});

test.describe('a file outside of the scenario’s folder', () => {
  /** Devices from a file that is named by its whole path. A document of a browser has no folder of its own. */
  const scenario = (baseUrl: string, file: string) => {
    const document = tutorialScenario({ baseUrl, nodes: 2, durationSeconds: 2 });
    for (const nodeType of document.nodeTypes) {
      nodeType.variables = [{ name: 'iot_id', generator: { kind: 'csvColumn', file, column: 'serial' } }];
    }
    return document;
  };

  test('is asked about before it is read: no reads nothing and says so, yes starts the run', async ({ page, app, demo }) => {
    const backend = await demo();
    // Read from right to left its end would say another name.
    const file = join(app.folder, 'devices\u202e.csv');
    await openScenario(page, scenario(backend.url, file));
    const start = page.getByRole('button', { name: 'Start run', exact: true });
    const question = page.getByRole('alertdialog', { name: 'Let the scenario read these files?' });
    const refused = page
      .getByRole('region', { name: 'Notifications' })
      .getByText(/is outside its folder and has not been allowed/);

    // The file is not there yet: were it looked at, that is what would be told.
    await start.click();
    await expect(question).toContainText(join(app.folder, 'devices⟨U+202E⟩.csv'));
    await expect(question).toContainText('can be sent to the target of the scenario');
    await question.getByRole('button', { name: 'Don’t allow' }).click();
    await expect(question).toHaveCount(0);
    await expect(refused.first()).toContainText(file);
    await expect(page.getByText(/cannot be read/)).toHaveCount(0);
    await start.click();
    await expect(question).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(question).toHaveCount(0);
    await expect(start).toBeEnabled();
    expect(backend.stats.requests).toBe(0);

    writeFileSync(file, 'serial\nfrom-the-file-1\nfrom-the-file-2\n');
    await new EditorPage(page).choose(/^GET \/greet/);
    await page.getByRole('button', { name: /^Send once/ }).click();
    await question.getByRole('button', { name: 'Allow this once' }).click();
    await expect(page.getByRole('region', { name: 'Sent once' })).toContainText('/greet/from-the-file-1');

    // That counted once.
    await start.click();
    await question.getByRole('button', { name: 'Allow this once' }).click();
    const strip = page.getByRole('region', { name: 'Current run' });
    await expect(strip).toContainText('Finished', { timeout: 30_000 });
    expect(backend.stats.routes['GET /greet/{id}']?.requests).toBe(3);
    await start.click();
    await expect(question).toBeVisible();
  });
});

test.describe('code of somebody else', () => {
  test.use({ allowConsoleErrors: /Content Security Policy|is used as a fallback/ });

  test('that got into the page is refused by its policy, and reaches nobody', async ({ page }) => {
    const elsewhere = await RawServer.listen((_request, socket) => socket.end(okResponse()));
    expect(await attackPolicy(page, `http://127.0.0.1:${elsewhere.port}`)).toEqual(REFUSED_BY_POLICY);
    // The browser connects ahead of a navigation that it then refuses; nothing is asked over that connection.
    expect(elsewhere.requests).toEqual([]);
    await elsewhere.close();
  });
});

/** What a page gets from the app at `url`, of which it knows two files, in all the ways in which a browser lets it ask another server. */
function attackApp(page: Page, url: string, script: string, style: string): Promise<Record<string, unknown>> {
  return page.evaluate(
    async ([app, scriptPath, stylePath]) => {
      const change = JSON.stringify({ theme: 'dark' });
      const read = (path: string, init: RequestInit) =>
        fetch(app + path, { credentials: 'include', ...init }).then(
          ({ status }) => status,
          () => 'refused',
        );
      const load = (name: string, attributes: Record<string, string>) =>
        new Promise((resolve) => {
          const element = document.createElement(name);
          element.onload = () => resolve('loaded');
          element.onerror = () => resolve('refused');
          for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
          document.body.append(element);
        });
      const form = document.createElement('form');
      form.method = 'post';
      form.action = `${app}/api/settings.set`;
      form.enctype = 'text/plain';
      form.target = 'sent';
      form.innerHTML = '<input name=\'{"theme":"dark","x":"\' value=\'"}\'>';
      const sent = document.createElement('iframe');
      sent.name = 'sent';
      document.body.append(sent, form);
      form.submit();
      const opened = window.open(`${app}/`);
      // What is in it, the caller sees.
      await load('iframe', { src: `${app}/` });
      const got = {
        page: await read('/', {}),
        call: await read('/api/settings.set', { method: 'POST', headers: { 'content-type': 'application/json' }, body: change }),
        guess: await read('/api/app.info', { method: 'POST', headers: { authorization: 'Bearer x' }, body: '{}' }),
        script: await load('script', { src: app + scriptPath }),
        style: await load('link', { rel: 'stylesheet', href: app + stylePath }),
        events: await new Promise((resolve) => {
          const socket = new WebSocket(`${app.replace('http', 'ws')}/events`);
          socket.onopen = () => resolve('open');
          socket.onerror = () => resolve('refused');
        }),
        // Nobody sees what comes of it, and so much the less may come of it.
        blind: await read('/api/settings.set', { method: 'POST', mode: 'no-cors', body: change }),
      };
      // A window of its own origin stays its own.
      for (let waits = 0; waits < 100 && opened?.closed === false && app !== location.origin; waits++) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return { ...got, window: opened?.closed === false ? 'held' : 'refused' };
    },
    [url, script, style] as const,
  );
}

test.describe('a page of another site in the same browser', () => {
  test('sees, changes and frames nothing, of whatever name it is', async ({ app }) => {
    const browser = await launchChromium(['--host-resolver-rules=MAP *.test 127.0.0.1']);
    const context = await browser.newContext();
    const page = await context.newPage();
    const referrers: string[] = [];
    page.on('request', (request) => void request.headerValue('referer').then((value) => value && referrers.push(value)));
    await page.goto(app.link);
    await expect(page.getByRole('button', { name: 'New scenario' })).toBeVisible();
    expect(referrers).toEqual([]);

    const [script = '', style = ''] = await page.evaluate(() =>
      ['script[src]', 'link[rel=stylesheet]'].map((selector) => {
        const element = document.querySelector(selector);
        return new URL(element?.getAttribute('src') ?? element?.getAttribute('href') ?? '', location.href).pathname;
      }),
    );
    const attacker = await RawServer.listen((_request, socket) => socket.end(okResponse('<!doctype html><body>')));
    const own = `http://127.0.0.1:${app.port}`;
    const rebound = `http://rebound.test:${app.port}`;
    const refused = {
      page: 'refused',
      call: 'refused',
      guess: 'refused',
      script: 'refused',
      style: 'refused',
      events: 'refused',
      blind: 'refused',
      window: 'refused',
    };
    for (const [from, target, expected] of [
      [`http://evil.test:${attacker.port}`, own, refused],
      // Of the same site, as ports do not count for that: the cookie comes along.
      [`http://127.0.0.1:${attacker.port}`, own, refused],
      // A name that was pointed here when its page was there already: all is of one origin, and the server itself has to refuse.
      [rebound, rebound, { ...refused, page: 403, call: 403, guess: 403, blind: 403, window: 'held' }],
    ] as const) {
      const hostile = await context.newPage();
      await hostile.goto(from);
      expect({ from, ...(await attackApp(hostile, target, script, style)) }).toEqual({ from, ...expected });
      const framed = hostile.frames().filter((frame) => frame !== hostile.mainFrame());
      expect(framed.map((frame) => frame.url())).toEqual(['chrome-error://chromewebdata/', 'chrome-error://chromewebdata/']);
      for (const opened of context.pages()) if (opened !== page) await opened.close();
    }
    expect(existsSync(join(app.folder, 'settings.json'))).toBe(false);
    await attacker.close();
    await browser.close();
  });
});
