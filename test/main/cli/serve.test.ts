import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DemoBackend } from '../../../src/main/demo/demo-backend';
import { SqliteStore } from '../../../src/main/store/sqlite-store';
import { tempFolder } from '../../support/temp-folder';
import { SpawnedCli, WITH_MISTAKES } from './support/spawned-cli';

/** `nodeswarm serve` once it has printed its link. */
async function served(folder: string, args: string[] = [], env: Record<string, string> = {}) {
  const cli = new SpawnedCli(['serve', '--port', '0', ...args], { folder, env });
  onTestFinished(() => {
    cli.child.kill('SIGKILL');
  });
  await cli.prints('Ctrl-C ends');
  const link = new URL(/http:\S+/.exec(cli.stdout)?.[0] ?? '');
  const token = link.searchParams.get('token') ?? '';
  const call = async (route: string, input: unknown) => {
    const response = await fetch(`${link.origin}/api/${route}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    return (await response.json()) as { ok: boolean; data: never; error: never };
  };
  return { cli, link, token, call };
}

/** Three nodes that ask ten times a second each until they are stopped; `more` is of their type. */
function scenarioText(baseUrl: string, more: object = {}): string {
  return JSON.stringify({
    nodeswarm: 1,
    name: 'served',
    target: { baseUrl },
    load: { nodes: 3, spawnRate: 30 },
    nodeTypes: [
      {
        name: 'Sensor',
        wait: { kind: 'pacing', seconds: 0.1 },
        tasks: [{ name: 'ask', steps: [{ request: { path: '/ota/1', name: '/ota' } }] }],
        ...more,
      },
    ],
  });
}

describe('nodeswarm serve', () => {
  it('prints a link to the app, and ends with Ctrl-C', async () => {
    const folder = tempFolder();
    const { cli, link, token, call } = await served(folder);
    expect(token).toMatch(/^[\w-]{43}$/);
    expect((await fetch(link.origin)).status).toBe(401);
    const page = await fetch(link);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<title>Nodeswarm</title>');
    expect(await call('app.info', {})).toMatchObject({
      ok: true,
      data: { host: 'browser', databaseFile: join(folder, 'data', 'nodeswarm.db'), openDocument: null },
    });
    cli.child.kill('SIGINT');
    expect(await cli.ended).toMatchObject({ code: 0, stderr: '' });
    await expect(fetch(link.origin)).rejects.toThrow();
  });

  it('says the token once, in the link, and writes it down nowhere', async () => {
    const folder = tempFolder();
    const { cli, link, token, call } = await served(folder);
    // Whatever might be noted: what is refused, what fails, what is not there, what is stored.
    await fetch(link);
    await fetch(`${link.origin}/?token=${token}x`);
    await fetch(`${link.origin}/nothing?token=${token}`, { headers: { authorization: `Bearer ${token}` } });
    await call('settings.set', { theme: 'dark' });
    await call('runs.read', { id: 1 });
    await call('nothing', {});
    await call('scenarios.autosave', { path: null, text: '{}' });
    await call('runs.start', { text: '{}', path: null });
    cli.child.kill('SIGINT');
    const { stdout, stderr } = await cli.ended;
    expect(stdout.split(token)).toHaveLength(2);
    expect(stdout).toContain(`Open this link in a browser: ${link}\n`);
    expect(stderr).not.toContain(token);
    const written = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(written.map(({ name }) => name)).toContain('nodeswarm.db');
    for (const { parentPath, name } of written) {
      expect(readFileSync(join(parentPath, name), 'latin1').includes(token), name).toBe(false);
    }
  });

  it('says what it means that other machines can reach it, and says it only then', async () => {
    const note =
      /Other machines can reach this server \(--allow-remote\), over plain HTTP: anyone who has the link.*can start load tests/;
    const open = await served(tempFolder(), ['--host', '0.0.0.0', '--allow-remote']);
    expect(open.cli.stdout).toMatch(note);
    expect(open.link.hostname).toBe('127.0.0.1');
    expect((await fetch(open.link.origin)).status).toBe(401);
    const own = await served(tempFolder(), ['--allow-remote']);
    expect(own.cli.stdout).not.toMatch(/Other machines/);
  });

  it('opens the scenario that was named, right or wrong', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'broken.nodeswarm.json'), '{ "nodeswarm": 1, ');
    const { call } = await served(folder, ['broken.nodeswarm.json']);
    expect(await call('app.info', {})).toMatchObject({
      data: { openDocument: { path: join(folder, 'broken.nodeswarm.json'), text: '{ "nodeswarm": 1, ' } },
    });
  });

  it('stops a run gracefully at Ctrl-C, and keeps all of it', async () => {
    const demo = await DemoBackend.start();
    onTestFinished(() => demo.stop());
    const folder = tempFolder();
    const file = join(folder, 'runs.db');
    const { cli, call } = await served(folder, ['--db', file]);
    const text = scenarioText(demo.url, { onStop: [{ request: { path: '/greet/bye', name: '/bye' } }] });
    expect(await call('runs.start', { text, path: null, shards: 1 })).toMatchObject({ ok: true });
    await expect.poll(() => demo.stats.requests, { timeout: 10_000 }).toBeGreaterThan(10);
    cli.child.kill('SIGINT');
    const { code, stdout, stderr } = await cli.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Stopping the run');
    const store = SqliteStore.open(file);
    const data = await store.readRun(1);
    await store.close();
    expect(data?.run).toMatchObject({ status: 'stopped', statusReason: '' });
    const { started, completed, failed, aborted } = data?.totals.select(null) ?? {};
    expect(started).toBe((completed ?? 0) + (failed ?? 0) + (aborted ?? 0));
    expect(started).toBe(demo.stats.requests);
    expect(data?.totals.select(1).completed).toBe(3);
  });

  it.skipIf(process.platform === 'win32')('tells of a mistake that nobody caught, and goes on with its run', async () => {
    const demo = await DemoBackend.start();
    onTestFinished(() => demo.stop());
    const folder = tempFolder();
    const file = join(folder, 'runs.db');
    const { cli, call } = await served(folder, ['--db', file], WITH_MISTAKES);
    const made = async (times: number) => {
      cli.child.kill('SIGUSR2');
      await expect
        .poll(() => cli.stderr.match(/TypeError: .* that nobody caught +at .*mistakes\.mjs/g)?.length, { timeout: 10_000 })
        .toBe(2 * times);
    };
    // Without a run as well.
    await made(1);
    const text = scenarioText(demo.url);
    expect(await call('runs.start', { text, path: null, shards: 1 })).toMatchObject({ ok: true });
    await expect.poll(() => demo.stats.requests, { timeout: 10_000 }).toBeGreaterThan(0);
    await made(2);
    const before = demo.stats.requests;
    await expect.poll(() => demo.stats.requests, { timeout: 10_000 }).toBeGreaterThan(before + 10);
    const error = (what: string) => ({
      level: 'error',
      text: expect.stringMatching(new RegExp(`^something went wrong in Nodeswarm itself at [\\d.]+ s \\(${what}\\): `)),
    });
    expect(await call('runs.current', {})).toMatchObject({
      data: {
        running: true,
        log: expect.arrayContaining([
          expect.objectContaining(error('an error that nobody caught')),
          expect.objectContaining(error('a rejection that nobody caught')),
        ]),
      },
    });
    cli.child.kill('SIGINT');
    const { code, stderr } = await cli.ended;
    expect(code).toBe(0);
    expect(stderr).toMatch(/^(nodeswarm: unexpected error: TypeError: .*\n){4}$/);
    const store = SqliteStore.open(file);
    const data = await store.readRun(1);
    await store.close();
    // The first of them: a mistake that is made each second must not fill the history.
    expect(data?.run).toMatchObject({
      status: 'stopped',
      statusReason: expect.stringMatching(/^something went wrong in Nodeswarm itself at [^;]*$/),
    });
    expect(data?.totals.select(null).started).toBe(demo.stats.requests);
  });

  it('says in a sentence what is wrong', async () => {
    const folder = tempFolder();
    const taken = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => {
      taken.close();
    });
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as AddressInfo;
    const cases: [args: string[], code: number, sentence: RegExp][] = [
      [['--port', String(port)], 3, /^nodeswarm: port \d+ on 127\.0\.0\.1 is in use by another program: .*--port 0.*\.\n$/],
      [['--port', 'x'], 2, /^nodeswarm: .*--port.*\n$/],
      [['--port', '65536'], 2, /^nodeswarm: .*--port.*\n$/],
      [['--host', '0.0.0.0', '--port', '0'], 3, /^nodeswarm: 0\.0\.0\.0 can be reached.*--allow-remote.*\n$/],
      [['nothing.nodeswarm.json'], 2, /^nodeswarm: there is no scenario file.*\n$/],
      [['--db', folder], 3, /^nodeswarm: .*\n$/],
    ];
    for (const [args, code, sentence] of cases) {
      const result = await new SpawnedCli(['serve', ...args], { folder }).ended;
      expect(result.stderr).toMatch(sentence);
      expect({ args, code: result.code, stdout: result.stdout }).toEqual({ args, code, stdout: '' });
    }
  });
});
