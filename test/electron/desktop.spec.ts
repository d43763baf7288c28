import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { isAlive } from '../support/is-alive';
import { attackPolicy, REFUSED_BY_POLICY } from '../support/policy-attack';
import { okResponse, RawServer } from '../support/raw-server';
import {
  answerQuestions,
  call,
  childProcesses,
  type DesktopApp,
  dataOf,
  expect,
  isRealElectron,
  questions,
  root,
  test,
} from './desktop-app';

const SAMPLE = join(root, 'resources', 'scenarios', 'iot-backend.nodeswarm.json');

/** The window as far as it is: the shell with its views. */
async function shown(page: Page): Promise<void> {
  await expect(page.getByRole('navigation').first()).toBeVisible();
}

/** A run of a few nodes against the demo backend, without an end of its own. */
async function startRun(page: Page, latency = '5'): Promise<number> {
  const { url } = await dataOf(page, 'demo.start', { latency });
  const scenario = {
    nodeswarm: 1,
    name: 'Long run',
    target: { baseUrl: url },
    load: { nodes: 3, spawnRate: 10, stopTimeoutSeconds: 60 },
    nodeTypes: [
      {
        name: 'Node',
        wait: { kind: 'constant', seconds: 0.1 },
        tasks: [{ name: 'greet', steps: [{ request: { method: 'GET', path: '/greet/1', name: '/greet' } }] }],
      },
    ],
  };
  const { record } = await dataOf(page, 'runs.start', { text: JSON.stringify(scenario), path: null, shards: 2 });
  await expect.poll(async () => (await dataOf(page, 'runs.current', {}))?.snapshot.elapsedSeconds ?? 0).toBeGreaterThan(2);
  return record.id;
}

/** Lets the window close in the ordinary way, without waiting for what comes of it. */
function quit(app: DesktopApp): Promise<void> {
  return app.inMain(({ app: electronApp }) => {
    setImmediate(() => electronApp.quit());
  });
}

test.describe('starting', () => {
  test('opens a window that shows the app, served under its own scheme with its policy', async ({ launch }) => {
    const app = await launch();
    await shown(app.page);
    const address = await app.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL());
    expect(address).toMatch(/^app:\/\/nodeswarm\/index\.html/);
    const policy = await app.page.evaluate(async () => (await fetch('index.html')).headers.get('content-security-policy'));
    expect(policy).toContain("default-src 'none'");
    const info = await dataOf(app.page, 'app.info', {});
    expect(info).toMatchObject({ host: 'desktop', openDocument: null });
    // The store has a process of its own, by name.
    await dataOf(app.page, 'runs.list', {});
    expect((await childProcesses(app)).map(({ name }) => name)).toContain('Nodeswarm history');
  });

  test('gives the page named methods and nothing else of the system', async ({ launch }) => {
    const { page } = await launch();
    const given = await page.evaluate(() => {
      const api = Reflect.get(window, 'nodeswarm') as object;
      return {
        members: Object.keys(api).toSorted(),
        node: ['require', 'process', 'module', 'Buffer', 'ipcRenderer'].filter((name) => name in window),
      };
    });
    expect(given).toEqual({ members: ['on', 'routes'], node: [] });
    const reply = await call(page, 'runs.read', { id: -1 });
    expect(reply).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
  });

  test('opens the file that it was started with, and adds it to the recent ones', async ({ launch, dataFolder }) => {
    const file = join(dataFolder, 'mine.nodeswarm.json');
    copyFileSync(SAMPLE, file);
    const { page, inMain } = await launch([file]);
    await expect.poll(() => inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle())).toContain('IoT');
    const { recent } = await dataOf(page, 'app.info', {});
    expect(recent.map(({ path }) => path)).toContain(file);
    // What the system was told is known of the stand-in only.
    const told = await inMain(({ app: electronApp }) => Reflect.get(electronApp, 'recentDocuments') as string[] | undefined);
    expect(told).toEqual(isRealElectron ? undefined : [file]);
  });

  test('says so when the file cannot be read, and goes on', async ({ launch, dataFolder }) => {
    const app = await launch();
    await shown(app.page);
    await answerQuestions(app, 'OK');
    await app.inMain(
      ({ app: electronApp }, path) => void electronApp.emit('open-file', { preventDefault() {} }, path),
      join(dataFolder, 'gone.nodeswarm.json'),
    );
    await expect.poll(() => questions(app)).toEqual(['gone.nodeswarm.json could not be opened: there is no such file.']);
  });

  test('opens files of open-file and of a second instance, which then ends', async ({ launch, startAgain, dataFolder }) => {
    const app = await launch();
    await shown(app.page);
    const title = () => app.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle());
    for (const name of ['first', 'second']) {
      writeFileSync(join(dataFolder, `${name}.nodeswarm.json`), JSON.stringify({ nodeswarm: 1, name, nodeTypes: [] }));
    }
    const first = join(dataFolder, 'first.nodeswarm.json');
    await app.inMain(({ app: electronApp }, path) => void electronApp.emit('open-file', { preventDefault() {} }, path), first);
    await expect.poll(title).toContain('first');
    await startAgain([join(dataFolder, 'second.nodeswarm.json')]);
    await expect.poll(title).toContain('second');
    expect(isAlive(app.pid)).toBe(true);
  });

  test('comes back where it was left', async ({ launch }) => {
    const app = await launch();
    await shown(app.page);
    const bounds = { x: 40, y: 60, width: 1200, height: 700 };
    await app.inMain(({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]?.setBounds(wanted), bounds);
    await quit(app);
    expect(await app.exited).toBe(0);
    const again = await launch();
    const restored = await again.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds());
    expect(restored).toMatchObject({ width: bounds.width, height: bounds.height });
  });
});

test.describe('a run', () => {
  test('goes from the welcome view to statistics in two clicks', async ({ launch }) => {
    const { page, errors } = await launch();
    await page.getByRole('button', { name: 'Try it with the demo backend' }).click();
    await page.getByRole('button', { name: 'Start run', exact: true }).click();
    await expect(page.getByRole('tab', { name: 'Statistics' })).toBeVisible();
    await expect(page.getByRole('row', { name: /aggregated/i })).toBeVisible();
    const requests = async () => (await dataOf(page, 'runs.current', {}))?.snapshot.report.total.requests ?? 0;
    await expect.poll(requests).toBeGreaterThan(0);
    expect(errors).toEqual([]);
  });

  test('keeps the system awake and offers what fits in the menu', async ({ launch }) => {
    const app = await launch();
    await shown(app.page);
    const state = () =>
      app.inMain(({ Menu, powerSaveBlocker }) => ({
        canStart: Menu.getApplicationMenu()?.getMenuItemById('run.start')?.enabled,
        canStop: Menu.getApplicationMenu()?.getMenuItemById('run.stop')?.enabled,
        awake: [0, 1, 2, 3].some((id) => powerSaveBlocker.isStarted(id)),
      }));
    expect(await state()).toEqual({ canStart: true, canStop: false, awake: false });
    await startRun(app.page);
    expect(await state()).toEqual({ canStart: false, canStop: true, awake: true });
    // The menu reaches the window by the action's id.
    await app.inMain(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('run.stop')?.click());
    await expect.poll(state).toEqual({ canStart: true, canStop: false, awake: false });
  });

  test('goes on degraded, and says so, when a shard dies', async ({ launch }) => {
    const app = await launch();
    await shown(app.page);
    await startRun(app.page);
    const shards = (await childProcesses(app)).filter(({ name }) => name.startsWith('Nodeswarm shard'));
    expect(shards).toHaveLength(2);
    process.kill(shards[0]?.pid ?? 0, 'SIGKILL');
    await expect.poll(async () => (await dataOf(app.page, 'runs.current', {}))?.snapshot.record.degraded).toBe(true);
    const current = await dataOf(app.page, 'runs.current', {});
    expect(current?.running).toBe(true);
    expect(current?.log.some(({ level, text }) => level !== 'info' && /shard/i.test(text))).toBe(true);
  });

  test('is kept up to the second when the main process is killed, and no process stays behind', async ({ launch }) => {
    const app = await launch();
    await shown(app.page);
    const id = await startRun(app.page);
    const children = await childProcesses(app);
    const named = children.map(({ name }) => name).filter((name) => name.startsWith('Nodeswarm'));
    expect(named.filter((name) => name.startsWith('Nodeswarm shard'))).toHaveLength(2);
    expect(named).toContain('Nodeswarm history');
    const secondsSoFar = (await dataOf(app.page, 'runs.course', { id, series: null })).second.length;
    expect(secondsSoFar).toBeGreaterThan(0);
    process.kill(app.pid, 'SIGKILL');
    await app.exited;
    await expect.poll(() => children.filter(({ pid }) => isAlive(pid))).toEqual([]);

    const again = await launch();
    const { record, report } = await dataOf(again.page, 'runs.read', { id });
    expect(record).toMatchObject({ status: 'interrupted' });
    expect(record.statusReason).toMatch(/^The process that conducted the run \(\d+ on .+\) is gone\.$/);
    const { second } = await dataOf(again.page, 'runs.course', { id, series: null });
    expect(second).toEqual(second.map((_, index) => index));
    expect(second.length).toBeGreaterThanOrEqual(secondsSoFar);
    expect(report.total.requests).toBeGreaterThan(0);
    // The next run is kept beside it.
    expect(await startRun(again.page)).toBeGreaterThan(id);
  });

  test('loses nothing when the main process stands still while the shards end', async ({ launch }) => {
    test.skip(process.platform === 'win32', 'Windows has no signals');
    const app = await launch();
    await shown(app.page);
    const { url } = await dataOf(app.page, 'demo.start', { latency: '1' });
    const durationSeconds = 8;
    const scenario = {
      nodeswarm: 1,
      name: 'Held up',
      target: { baseUrl: url },
      load: { nodes: 100, spawnRate: 1000, durationSeconds },
      nodeTypes: [
        {
          name: 'Node',
          wait: { kind: 'constant', seconds: 0.3 },
          // Of many names, so that what the shards report is more than lies between two processes.
          tasks: Array.from({ length: 150 }, (_, task) => ({
            name: `task ${task}`,
            steps: [{ request: { path: `/greet/${task}`, name: `/greet/${task}` } }],
          })),
        },
      ],
    };
    const { record } = await dataOf(app.page, 'runs.start', { text: JSON.stringify(scenario), path: null, shards: 2 });
    await expect.poll(async () => (await dataOf(app.page, 'runs.current', {}))?.snapshot.elapsedSeconds ?? 0).toBeGreaterThan(1);
    process.kill(app.pid, 'SIGSTOP');
    await sleep((durationSeconds + 3) * 1000);
    process.kill(app.pid, 'SIGCONT');
    await expect.poll(async () => (await dataOf(app.page, 'runs.current', {}))?.running ?? false).toBe(false);
    const { record: stored } = await dataOf(app.page, 'runs.read', { id: record.id });
    expect(stored).toMatchObject({ status: 'finished', statusReason: '', degraded: false });
  });

  test('is asked about when quitting, goes on if it is to, and loses no second when it is stopped', async ({ launch }) => {
    const app = await launch();
    await shown(app.page);
    const id = await startRun(app.page);
    await answerQuestions(app, 'Keep running');
    await quit(app);
    await expect.poll(() => questions(app)).toEqual(['A run is in progress. Stop it and quit?']);
    expect((await dataOf(app.page, 'runs.current', {}))?.running).toBe(true);

    const children = await childProcesses(app);
    expect(children.map(({ name }) => name).filter((name) => name.startsWith('Nodeswarm'))).toHaveLength(4);
    const secondsSoFar = (await dataOf(app.page, 'runs.course', { id, series: null })).second.length;
    await answerQuestions(app, 'Stop run and quit');
    await quit(app);
    expect(await app.exited).toBe(0);
    await expect.poll(() => children.filter(({ pid }) => isAlive(pid))).toEqual([]);

    const again = await launch();
    const { record, report } = await dataOf(again.page, 'runs.read', { id });
    expect(record.status).toBe('stopped');
    const course = await dataOf(again.page, 'runs.course', { id, series: null });
    expect(course.second.length).toBeGreaterThanOrEqual(secondsSoFar);
    // What was counted is what is stored, second by second.
    expect(course.requests.reduce((sum, count) => sum + count, 0)).toBe(report.total.requests);
  });

  test('is waited for while it stops, and ended at once when quitting is asked for again', async ({ launch }) => {
    const app = await launch();
    await shown(app.page);
    const id = await startRun(app.page, '50000');
    await answerQuestions(app, 'Stop run and quit');
    await quit(app);
    await expect.poll(async () => (await dataOf(app.page, 'runs.current', {}))?.snapshot.stopping).toBe(true);
    await expect(app.page.getByText('Nodeswarm closes once the run has stopped.')).toBeVisible();
    await quit(app);
    expect(await app.exited).toBe(0);
    expect(await launch().then(({ page }) => dataOf(page, 'runs.read', { id }))).toMatchObject({ record: { status: 'stopped' } });
  });

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    test(`is ended at once by a second ${signal} while it stops`, async ({ launch }) => {
      test.skip(process.platform === 'win32', 'Windows has no signals');
      const app = await launch();
      await shown(app.page);
      // Answers come after 50 s, and are waited for up to 60 s: longer than the test waits for the end.
      const id = await startRun(app.page, '50000');
      process.kill(app.pid, signal);
      // One Ctrl-C can arrive twice, which is no second request.
      process.kill(app.pid, 'SIGINT');
      await expect.poll(async () => (await dataOf(app.page, 'runs.current', {}))?.snapshot.stopping).toBe(true);
      await app.page.waitForTimeout(500);
      expect(isAlive(app.pid)).toBe(true);
      process.kill(app.pid, signal);
      expect(await app.exited).toBe(0);
      const again = await launch();
      const { record, report } = await dataOf(again.page, 'runs.read', { id });
      expect(record.status).toBe('stopped');
      // What was in flight was not waited for.
      expect(report.accounting).toMatchObject({ started: 3, completed: 0, aborted: 3 });
    });
  }

  test('ends gracefully, and is kept, when the app is told to end by a signal', async ({ launch }) => {
    test.skip(process.platform === 'win32', 'Windows has no signals');
    const app = await launch();
    await shown(app.page);
    const id = await startRun(app.page);
    process.kill(app.pid, 'SIGTERM');
    expect(await app.exited).toBe(0);
    const again = await launch();
    expect((await dataOf(again.page, 'runs.read', { id })).record.status).toBe('stopped');
  });
});

test.describe('unsaved changes', () => {
  /** A new scenario with 7 nodes. */
  async function edit(page: Page): Promise<void> {
    await page.getByRole('main').getByRole('button', { name: 'New scenario' }).click();
    await page.getByRole('textbox', { name: 'Nodes' }).fill('7');
    await page.keyboard.press('Tab');
  }

  test('mark the window, and closing it asks', async ({ launch }) => {
    const app = await launch();
    await edit(app.page);
    const title = () => app.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle());
    await expect.poll(title).toMatch(/^● New scenario/);
    await answerQuestions(app, 'Cancel');
    await app.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await expect.poll(() => questions(app)).toEqual(['Save the changes to “New scenario”?']);
    await shown(app.page);
    await answerQuestions(app, 'Don’t save');
    await app.inMain(({ BrowserWindow }) => void setImmediate(() => BrowserWindow.getAllWindows()[0]?.close()));
    expect(await app.exited).toBe(0);
    const again = await launch();
    expect((await dataOf(again.page, 'app.info', {})).recovery).toBeNull();
  });

  test('are saved by the question, and then the app closes', async ({ launch, dataFolder }) => {
    const app = await launch();
    await edit(app.page);
    const file = join(dataFolder, 'saved.nodeswarm.json');
    await answerQuestions(app, 'Save');
    await app.inMain(({ dialog }, filePath) => {
      Reflect.set(dialog, 'showSaveDialog', () => Promise.resolve({ canceled: false, filePath }));
    }, file);
    await quit(app);
    expect(await app.exited).toBe(0);
    const again = await launch();
    const opened = await dataOf(again.page, 'scenarios.open', { path: file });
    expect(JSON.parse(opened?.text ?? '')).toMatchObject({ nodeswarm: 1, load: { nodes: 7 } });
  });

  test('keep the app open when saving is cancelled', async ({ launch }) => {
    const app = await launch();
    await edit(app.page);
    await answerQuestions(app, 'Save');
    await app.inMain(({ dialog }) => {
      Reflect.set(dialog, 'showSaveDialog', () => Promise.resolve({ canceled: true, filePath: '' }));
    });
    await quit(app);
    await expect.poll(() => questions(app)).toHaveLength(1);
    await shown(app.page);
    expect(isAlive(app.pid)).toBe(true);
  });
});

test.describe('files of a run', () => {
  /** A run that has ended, with its tab of files open. */
  async function openDownloads({ page }: DesktopApp): Promise<void> {
    await shown(page);
    const id = await startRun(page);
    await dataOf(page, 'runs.stop', {});
    await expect.poll(async () => (await dataOf(page, 'runs.current', {}))?.running).toBe(false);
    await page.evaluate((run) => window.location.assign(`#/live/${run}`), id);
    await page.getByRole('tab', { name: 'Download data' }).click();
  }

  test('are written where the dialog says, one by its name, and not at all when it is cancelled', async ({
    launch,
    dataFolder,
  }) => {
    const app = await launch();
    await openDownloads(app);
    const file = join(dataFolder, 'report.json');
    await app.inMain(({ dialog }) => {
      Reflect.set(dialog, 'showSaveDialog', (_window: unknown, { defaultPath }: { defaultPath: string }) => {
        Reflect.set(dialog, 'suggested', defaultPath);
        return Promise.resolve({ canceled: true, filePath: '' });
      });
    });
    const download = app.page.getByRole('button', { name: 'Download JSON', exact: true });
    await download.click();
    const suggested = () => app.inMain(({ dialog }) => String(Reflect.get(dialog, 'suggested')));
    await expect.poll(suggested).toMatch(/\.json$/);
    await expect(download).toBeEnabled();
    await expect(app.page.getByText(/^Saved as/)).toHaveCount(0);

    await app.inMain(({ dialog }, filePath) => {
      Reflect.set(dialog, 'showSaveDialog', () => Promise.resolve({ canceled: false, filePath }));
    }, file);
    await download.click();
    await expect(app.page.getByText(`Saved as ${file}.`).first()).toBeVisible();
    const report = JSON.parse(readFileSync(file, 'utf8'));
    const current = await dataOf(app.page, 'runs.current', {});
    expect(report.total.requests).toBe(current?.snapshot.report.total.requests);
    expect(report.total.requests).toBeGreaterThan(0);
  });

  test('go into a folder when they are several, which asks before it loses one', async ({ launch, dataFolder }) => {
    const app = await launch();
    await openDownloads(app);
    const folder = join(dataFolder, 'exports');
    mkdirSync(folder);
    await app.inMain(({ dialog }, filePath) => {
      Reflect.set(dialog, 'showOpenDialog', () => Promise.resolve({ canceled: false, filePaths: [filePath] }));
    }, folder);
    const download = app.page.getByRole('button', { name: 'Download All CSV files' });
    await download.click();
    await expect(app.page.getByText(/^4 files saved beside /).first()).toBeVisible();
    const names = readdirSync(folder).sort();
    expect(names.map((name) => name.replace(/^.*_(stats_history|stats|failures|exceptions)\.csv$/, '$1'))).toEqual([
      'exceptions',
      'failures',
      'stats',
      'stats_history',
    ]);
    const statistics = join(folder, names.find((name) => /_stats\.csv$/.test(name)) ?? '');
    expect(readFileSync(statistics, 'utf8')).toContain('/greet');

    writeFileSync(statistics, 'mine');
    await answerQuestions(app, 'Cancel');
    await download.click();
    await expect.poll(() => questions(app)).toEqual([expect.stringMatching(/ already exists\. Replace it\?$/)]);
    await expect(download).toBeEnabled();
    expect(readFileSync(statistics, 'utf8')).toBe('mine');
    await answerQuestions(app, 'Replace');
    await download.click();
    await expect.poll(() => readFileSync(statistics, 'utf8')).toContain('/greet');
  });
});

test.describe('a page that wants too much', () => {
  test('cannot leave the app, open windows, get permissions or devices', async ({ launch }) => {
    const app = await launch();
    await shown(app.page);
    await app.page.evaluate(() => location.assign('https://example.test/'));
    await app.page.evaluate(() => void window.open('https://example.test/'));
    await app.page.evaluate(() => {
      const link = document.createElement('a');
      link.href = 'https://example.test/';
      link.target = '_blank';
      document.body.append(link);
      link.click();
    });
    const denied = await app.page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          navigator.geolocation.getCurrentPosition(
            () => resolve(0),
            (error) => resolve(error.code),
          );
        }),
    );
    expect(denied).toBe(1);
    const told = await app.page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read', 'clipboard-write'];
      const granted: string[] = [];
      for (const name of names) {
        const { state } = await navigator.permissions.query({ name: name as PermissionName });
        if (state === 'granted') granted.push(name);
      }
      const devices: unknown[] = [];
      for (const [kind, list] of [
        ['hid', 'getDevices'],
        ['serial', 'getPorts'],
        ['usb', 'getDevices'],
      ] as const) {
        devices.push(
          ...((await (Reflect.get(navigator, kind) as Record<string, () => Promise<unknown[]>>)[list]?.()) ?? ['no way to ask']),
        );
      }
      return { granted, devices };
    });
    expect(told).toEqual({ granted: ['clipboard-write'], devices: [] });
    // What the stand-in says of a window that the app would have let open.
    expect(app.errors.filter((text) => text.includes('nothing refused it'))).toEqual([]);
    const windows = await app.inMain(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getURL()),
    );
    expect(windows).toHaveLength(1);
    expect(windows[0]).toMatch(/^app:\/\/nodeswarm\//);
    await shown(app.page);
  });

  test('gets no file from outside of the app', async ({ launch }) => {
    const { page } = await launch();
    const answers = await page.evaluate(async () => {
      const addresses = [
        '..%2fmain%2findex.js',
        '%2e%2e%2fmain%2findex.js',
        '..%5cmain%5cindex.js',
        '%2fetc%2fpasswd',
        '//etc/passwd',
      ];
      const read = async (address: string) => {
        const response = await fetch(new URL('/', location.href).href + address);
        return { ok: response.ok, length: (await response.text()).length };
      };
      return Promise.all(addresses.map(read));
    });
    for (const answer of answers) {
      expect(answer.ok).toBe(false);
      expect(answer.length).toBeLessThan(100);
    }
  });

  test('runs no code but the app’s own, and reaches nobody else', async ({ launch }) => {
    const { page } = await launch();
    await shown(page);
    const elsewhere = await RawServer.listen((_request, socket) => socket.end(okResponse()));
    expect(await attackPolicy(page, `http://127.0.0.1:${elsewhere.port}`)).toEqual(REFUSED_BY_POLICY);
    // The browser connects ahead of a navigation that it then refuses; nothing is asked over that connection.
    expect(elsewhere.requests).toEqual([]);
    await elsewhere.close();
  });

  // A page of the app has a policy that refuses frames before anyone is asked; these pages have none.
  test('cannot frame others, be sent elsewhere or embed pages, where no policy stands before it', async ({ launch }) => {
    const app = await launch();
    const server = await RawServer.listen(({ path }, socket) => {
      socket.end(path === '/' ? `HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n` : okResponse());
    });
    const prevented = await app.inMain(async ({ BrowserWindow }, url) => {
      const webPreferences = { sandbox: true, contextIsolation: true, webviewTag: true };
      const window = new BrowserWindow({ show: false, webPreferences });
      const contents = window.webContents;
      const told: Record<string, boolean> = {};
      // After the listeners of the app, which have decided by then.
      contents.on('will-redirect', (event) => {
        told.redirect = event.defaultPrevented;
      });
      await window.loadURL(url).catch(() => {});
      contents.on('will-frame-navigate', (event) => {
        told.frame = event.defaultPrevented;
      });
      const askedForWebview = new Promise<void>((resolve) => {
        contents.on('will-attach-webview', (event) => {
          told.webview = event.defaultPrevented;
          resolve();
        });
      });
      const html = '<iframe src="https://example.test/"></iframe><webview src="https://example.test/"></webview>';
      await window.loadURL(`data:text/html,${encodeURIComponent(html)}`);
      await askedForWebview;
      window.destroy();
      return told;
    }, `http://127.0.0.1:${server.port}/`);
    expect(prevented).toEqual({ frame: true, redirect: true, webview: true });
    expect(server.requests.map(({ path }) => path)).toEqual(['/']);
    await server.close();
  });

  test('is not answered when it is not the app’s', async ({ launch }) => {
    const app = await launch();
    await shown(app.page);
    await app.inMain(async ({ BrowserWindow }) => {
      await BrowserWindow.getAllWindows()[0]?.loadURL('data:text/html,<title>Foreign</title>');
    });
    await expect.poll(() => app.page.title()).toBe('Foreign');
    expect(await call(app.page, 'runs.list', {})).toMatchObject({ ok: false, error: { code: 'refused' } });
  });

  test('is offered anew after it has crashed, while a run goes on', async ({ launch }) => {
    const app = await launch();
    await shown(app.page);
    await startRun(app.page);
    await answerQuestions(app, 'Reload');
    await app.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());
    await expect.poll(() => questions(app)).toEqual([expect.stringContaining('The window stopped working')]);
    const isCrashed = () => app.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.isCrashed());
    await expect.poll(isCrashed).toBe(false);
    expect((await childProcesses(app)).filter(({ name }) => name.startsWith('Nodeswarm shard'))).toHaveLength(2);
  });
});

test('the theme follows the settings', async ({ launch }) => {
  const app = await launch();
  await shown(app.page);
  const source = () => app.inMain(({ nativeTheme }) => nativeTheme.themeSource);
  expect(await source()).toBe('system');
  await dataOf(app.page, 'settings.set', { theme: 'dark' });
  expect(await source()).toBe('dark');
  await quit(app);
  await app.exited;
  const again = await launch();
  expect(await again.inMain(({ nativeTheme }) => nativeTheme.themeSource)).toBe('dark');
});

test('the real thing is what runs when it is asked for', async ({ launch }) => {
  const { inMain } = await launch();
  const version = await inMain(() => process.versions.electron);
  expect(version !== undefined).toBe(isRealElectron);
});
