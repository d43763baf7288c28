import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DemoBackend } from '../../../src/main/demo/demo-backend';
import { SqliteStore } from '../../../src/main/store/sqlite-store';
import type { RunReport } from '../../../src/shared/stats/report';
import { runCli, SpawnedCli, WITH_MISTAKES } from './support/spawned-cli';
import { storeRuns } from './support/stored-runs';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nodeswarm-spawn-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A scenario of a few nodes that send five times a second, as a file in the folder. */
function writeScenario(baseUrl: string, load: object = { nodes: 4, spawnRate: 20, durationSeconds: 2 }): void {
  const reading = { kind: 'json', text: '{"temperature": {{randomInteger(1, 100)}}, "humidity": 50}' };
  const document = {
    nodeswarm: 1,
    name: 'Small fleet',
    target: { baseUrl },
    load: { stopTimeoutSeconds: 30, ...load },
    nodeTypes: [
      {
        name: 'Sensor',
        wait: { kind: 'pacing', seconds: 0.2 },
        tasks: [{ name: 'send', steps: [{ request: { method: 'POST', path: '/data', body: reading } }] }],
      },
    ],
  };
  writeFileSync(join(folder, 'small.nodeswarm.json'), JSON.stringify(document));
}

const command = (...args: string[]) => runCli(args, { folder });

describe('run', () => {
  let backend: DemoBackend;

  beforeAll(async () => {
    backend = await DemoBackend.start();
  });

  afterAll(() => backend.stop());

  it('runs a scenario, sums it up, keeps it and writes every file', async () => {
    writeScenario(backend.url);
    const before = backend.stats.requests;
    const files = ['--csv', 'r', '--csv-full-history', '--html', 'r.html', '--json', 'r.json', '--hlog', 'r.hlog'];
    const { code, stdout, stderr } = await command('run', 'small.nodeswarm.json', '--seed', '7', ...files);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const report = JSON.parse(readFileSync(join(folder, 'r.json'), 'utf8')) as RunReport;
    expect(report.run).toMatchObject({ id: 1, name: 'Small fleet', status: 'finished', seed: 7, nodes: 4 });
    expect(report.accounting.started).toBe(backend.stats.requests - before);
    expect(report.accounting.completed).toBe(report.accounting.started);
    // 40 are planned; on a busy machine some are missed.
    expect(report.accounting.started).toBeGreaterThanOrEqual(4);
    expect(report.accounting.started + report.accounting.missed).toBeLessThanOrEqual(40);
    expect(stdout).toContain('Run 1, Small fleet: 4 nodes at 20/s for 2 s');
    expect(stdout).toContain('Run 1, Small fleet: finished after 2 s');
    expect(stdout).toContain('nodeswarm show 1');
    const names = ['r.hlog', 'r.html', 'r.json', 'r_exceptions.csv', 'r_failures.csv', 'r_stats.csv', 'r_stats_history.csv'];
    expect(
      readdirSync(folder)
        .filter((name) => name.startsWith('r'))
        .sort(),
    ).toEqual(names);
    for (const name of names) expect(stdout).toContain(join(folder, name));
    expect(stdout).not.toContain('\u001b');

    const history = await command('history');
    expect(history.stdout).toMatch(/1 +Small fleet .*finished/);
    const shown = await command('show', 'last', '--json');
    expect((JSON.parse(shown.stdout) as RunReport).total).toEqual(report.total);
  });

  it('prints the JSON alone on stdout', async () => {
    writeScenario(backend.url);
    const { code, stdout } = await command('run', 'small.nodeswarm.json', '--json', '-');
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as RunReport).accounting.failed).toBe(0);
  });

  it('prints nothing with --quiet, and only the summary with --only-summary', async () => {
    writeScenario(backend.url);
    expect(await command('run', 'small.nodeswarm.json', '--quiet')).toEqual({ code: 0, signal: null, stdout: '', stderr: '' });
    const { stdout } = await command('run', 'small.nodeswarm.json', '--only-summary');
    expect(stdout.trimStart()).toMatch(/^Run 2, Small fleet: finished/);
  });

  it('keeps nothing with --no-history, and still writes every file', async () => {
    writeScenario(backend.url);
    const { code, stdout } = await command('run', 'small.nodeswarm.json', '--no-history', '--csv', 'r', '--hlog', 'r.hlog');
    expect(code).toBe(0);
    expect(existsSync(join(folder, 'data'))).toBe(false);
    expect(stdout).not.toContain('History');
    const rows = readFileSync(join(folder, 'r_stats_history.csv'), 'utf8').trimEnd().split('\r\n');
    expect(rows.length).toBeGreaterThanOrEqual(3);
  });

  it('takes load, target and stages from the command line', async () => {
    writeScenario('http://127.0.0.1:1');
    const options = ['-H', backend.url, '--stages', '2:0:1s,3:500ms:1s', '--shards', '2', '--json', '-', '--no-history'];
    const { code, stdout } = await command('run', 'small.nodeswarm.json', ...options);
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as RunReport;
    expect(report.run).toMatchObject({ nodes: 3, spawnRate: null, shards: 2, host: backend.url });
    expect(report.accounting.failed).toBe(0);
  });

  it('ends with 1 when requests failed, or with what --exit-code-on-failure says', async () => {
    const failing = await DemoBackend.start({ errorPercent: 100 });
    writeScenario(failing.url, { nodes: 2, spawnRate: 20, durationSeconds: 1 });
    const { code, stdout, stderr } = await command('run', 'small.nodeswarm.json');
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/^nodeswarm: (\d+) of \1 requests failed\.\n$/) });
    expect(stdout).toMatch(/100 % +POST +\/data +HTTP 503/);
    expect((await command('run', 'small.nodeswarm.json', '--exit-code-on-failure', '0')).code).toBe(0);
    expect((await command('run', 'small.nodeswarm.json', '--exit-code-on-failure', '42')).code).toBe(42);
    const bearable = ['--quiet', '--require', 'failures<=100'];
    expect(await command('run', 'small.nodeswarm.json', ...bearable)).toMatchObject({ code: 0, stderr: '' });
    expect(await command('run', 'small.nodeswarm.json', ...bearable, '--require', 'POST /data max<0')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^nodeswarm: POST \/data max<0 is not met: it was [\d.]+ ms.*\.\n$/),
    });
    expect(await command('run', 'small.nodeswarm.json', '--require', 'POST /dat max<5')).toMatchObject({ code: 2, stdout: '' });
    await failing.stop();
  });

  it('keeps a run in which much failed as a whole: what is exported later is what was written at once', async () => {
    const failing = await DemoBackend.start({ errorPercent: 50 });
    writeScenario(failing.url, { nodes: 8, spawnRate: 40, durationSeconds: 2 });
    const reports = (prefix: string) => [
      ...['--csv', prefix, '--html', `${prefix}.html`, '--json', `${prefix}.json`, '--hlog', `${prefix}.hlog`],
      ...['--csv-full-history', '--db', 'runs.db'],
    ];
    const run = await command('run', 'small.nodeswarm.json', '--shards', '2', ...reports('now'));
    expect({ code: run.code, stderr: run.stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^nodeswarm: \d+ of \d+ requests failed\.\n$/),
    });
    expect((await command('export', 'last', ...reports('later'))).code).toBe(0);
    const names = readdirSync(folder).filter((name) => name.startsWith('now'));
    expect(names).toHaveLength(7);
    for (const name of names) {
      const later = readFileSync(join(folder, name.replace('now', 'later')), 'utf8');
      expect(later, name).toBe(readFileSync(join(folder, name), 'utf8'));
    }
    const { accounting, failures } = JSON.parse(readFileSync(join(folder, 'later.json'), 'utf8')) as RunReport;
    expect(accounting.failed).toBeGreaterThan(10);
    expect(failures.reduce((sum, { occurrences }) => sum + occurrences, 0)).toBe(accounting.failed);
    await failing.stop();
  });

  it.skipIf(process.platform === 'win32')(
    'ends at once with 3 at a mistake that nobody caught, with what was stored',
    async () => {
      writeScenario(backend.url, { nodes: 4, spawnRate: 20 });
      const cli = new SpawnedCli(['run', 'small.nodeswarm.json', '--db', 'runs.db'], { folder, env: WITH_MISTAKES });
      await cli.prints('until stopped');
      const store = SqliteStore.open(join(folder, 'runs.db'));
      const stored = async () => (await store.readSeconds(1)).length;
      await expect.poll(stored, { timeout: 20_000 }).toBeGreaterThan(1);
      const before = await stored();
      cli.child.kill('SIGUSR2');
      const { code, stderr } = await cli.ended;
      expect({ code, stderr }).toEqual({
        code: 3,
        stderr: expect.stringMatching(/^nodeswarm: unexpected error: an error that nobody caught\. Please report it; /),
      });
      await expect.poll(async () => (await store.readRun(1))?.run.status, { timeout: 10_000 }).toBe('interrupted');
      expect(await stored()).toBeGreaterThanOrEqual(before);
      await store.close();
    },
  );

  it('ends with 3 when the run cannot be carried out or kept', async () => {
    writeScenario(backend.url);
    writeFileSync(join(folder, 'not-a-database'), 'this is a text file that is long enough to be looked at '.repeat(100));
    const { code, stderr, stdout } = await command('run', 'small.nodeswarm.json', '--db', 'not-a-database');
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/^nodeswarm: .*not-a-database.*\n$/);
  });
});

describe.skipIf(process.platform === 'win32')('Ctrl-C', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'stops gracefully on %s, writes everything and ends with 130',
    async (signal) => {
      const backend = await DemoBackend.start();
      writeScenario(backend.url, { nodes: 4, spawnRate: 20 });
      const cli = new SpawnedCli(['run', 'small.nodeswarm.json', '--json', 'r.json', '--csv', 'r'], { folder });
      await cli.prints('Run 1, Small fleet: 4 nodes at 20/s until stopped (Ctrl-C)');
      while (backend.stats.requests < 10) await sleep(20);
      cli.child.kill(signal);
      const { code, stdout, stderr } = await cli.ended;
      expect({ code, stderr }).toEqual({ code: 130, stderr: '' });
      expect(stdout).toContain('Stopping: up to 30 s for requests in flight.');
      expect(stdout).toContain('stopped by the user after');
      const report = JSON.parse(readFileSync(join(folder, 'r.json'), 'utf8')) as RunReport;
      expect(report.run.status).toBe('stopped');
      expect(report.accounting.started).toBe(backend.stats.requests);
      expect(report.accounting.completed).toBe(report.accounting.started);
      expect(existsSync(join(folder, 'r_stats.csv'))).toBe(true);
      await backend.stop();
    },
  );

  it.each(['SIGINT', 'SIGTERM'] as const)('loses no shard when %s reaches the whole process group', async (signal) => {
    const backend = await DemoBackend.start();
    writeScenario(backend.url, { nodes: 4, spawnRate: 20 });
    const options = ['--shards', '2', '--json', 'r.json'];
    const cli = new SpawnedCli(['run', 'small.nodeswarm.json', ...options], { folder, ownGroup: true });
    while (backend.stats.requests < 10) await sleep(20);
    cli.signalGroup(signal);
    const { code, stderr } = await cli.ended;
    expect({ code, stderr }).toEqual({ code: 130, stderr: '' });
    const report = JSON.parse(readFileSync(join(folder, 'r.json'), 'utf8')) as RunReport;
    expect(report.run).toMatchObject({ status: 'stopped', degraded: false });
    expect(report.accounting.completed).toBe(backend.stats.requests);
    await backend.stop();
  });

  it('calls it an interrupt whenever it comes, also while shards are starting', async () => {
    const backend = await DemoBackend.start();
    writeScenario(backend.url, { nodes: 4, spawnRate: 20 });
    for (const delayMs of [150, 250, 300, 350, 400, 450, 600]) {
      const cli = new SpawnedCli(['run', 'small.nodeswarm.json'], { folder, ownGroup: true });
      await sleep(delayMs);
      cli.signalGroup('SIGINT');
      const { code, signal, stderr } = await cli.ended;
      // Before the command can answer a signal, it ends of it; shells show both as 130.
      expect({ delayMs, interrupted: code === 130 || signal === 'SIGINT', stderr }).toEqual({
        delayMs,
        interrupted: true,
        stderr: '',
      });
    }
    await backend.stop();
  });

  it('stops at once the second time, and accounts for what was in flight', async () => {
    // A backend that never answers.
    const silent: Server = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    writeScenario(`http://127.0.0.1:${(silent.address() as AddressInfo).port}`, { nodes: 3, spawnRate: 20 });
    const cli = new SpawnedCli(['run', 'small.nodeswarm.json', '--stop-timeout', '5m', '--json', 'r.json'], { folder });
    await cli.prints('until stopped');
    while ((await connectionsOf(silent)) < 3) await sleep(20);
    // One Ctrl-C can arrive twice: from the terminal and from the program that started this one.
    cli.child.kill('SIGINT');
    cli.child.kill('SIGTERM');
    await cli.prints('Stopping: up to 300 s');
    await sleep(300);
    expect(cli.child.exitCode).toBeNull();
    cli.child.kill('SIGINT');
    const { code } = await cli.ended;
    expect(code).toBe(130);
    const { accounting } = JSON.parse(readFileSync(join(folder, 'r.json'), 'utf8')) as RunReport;
    expect(accounting).toMatchObject({ started: 3, completed: 0, failed: 0, aborted: 3 });
    silent.closeAllConnections();
    await new Promise((resolve) => silent.close(resolve));
  });
});

describe('pipes', () => {
  it('ends quietly when nobody reads any more', async () => {
    await storeRuns(join(folder, 'runs.db'), [{ durationSeconds: 30, extraSeries: 40 }]);
    for (const args of [['show', '1', '--json'], ['history'], ['--help']]) {
      const cli = new SpawnedCli(args[0] === '--help' ? args : [...args, '--db', 'runs.db'], { folder });
      cli.child.stdout?.destroy();
      const { code, signal, stderr } = await cli.ended;
      expect({ args, code, signal, stderr }).toEqual({ args, code: 0, signal: null, stderr: '' });
    }
  });

  it('prints all of a long output through a slow pipe', async () => {
    await storeRuns(join(folder, 'runs.db'), [{ durationSeconds: 60, extraSeries: 100, failureRate: 0.2 }]);
    const cli = new SpawnedCli(['show', '1', '--json', '--db', 'runs.db'], { folder });
    cli.child.stdout?.pause();
    await sleep(600);
    cli.child.stdout?.resume();
    const { stdout } = await cli.ended;
    expect(stdout.length).toBeGreaterThan(70_000);
    expect((JSON.parse(stdout) as RunReport).series).toHaveLength(104);
  });
});

describe('an output that nobody reads', () => {
  it('holds up neither the run nor, for ever, its end', { timeout: 180_000 }, async () => {
    const backend = await DemoBackend.start();
    const document = {
      nodeswarm: 1,
      name: 'Of many names',
      target: { baseUrl: backend.url },
      load: { nodes: 5, spawnRate: 100, durationSeconds: 1 },
      nodeTypes: [
        {
          name: 'Sensor',
          // More than a pipe holds.
          tasks: Array.from({ length: 300 }, (_, task) => ({
            name: `task ${task}`,
            steps: [{ request: { path: `/ota/${task}`, name: `/ota/${task} ${'of a long name '.repeat(10)}` } }],
          })),
        },
      ],
    };
    writeFileSync(join(folder, 'names.nodeswarm.json'), JSON.stringify(document));
    const cli = new SpawnedCli(['run', 'names.nodeswarm.json', '--json', '-', '--quiet'], { folder });
    cli.child.stdout?.pause();
    const exited = once(cli.child, 'exit');
    // Meanwhile the run has ended, and is kept.
    const status = async () => {
      const { code, stdout } = await command('show', 'last', '--json');
      return code === 0 ? (JSON.parse(stdout) as RunReport).run.status : 'none';
    };
    await expect.poll(status, { timeout: 60_000 }).toBe('finished');
    expect(cli.child.exitCode).toBeNull();
    expect(await exited).toEqual([3, null]);
    expect(cli.stderr).toBe('nodeswarm: standard output could not be written: nothing reads from it.\n');
    cli.child.stdout?.destroy();
    await backend.stop();
  });
});

describe.skipIf(process.platform === 'win32')('reports to what is no file', () => {
  const EXPORT = 'export 1 --db runs.db';
  const CLI = join(import.meta.dirname, '../../../out/main/cli.js');

  /** Through a shell, because only a shell's pipes can be opened by name. `nodeswarm` stands for the command. */
  async function inShell(script: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
    const child = spawn('bash', ['-c', `nodeswarm() { "${process.execPath}" "${CLI}" "$@"; }; ${script}`], {
      cwd: folder,
      env: { ...process.env, NODESWARM_DATA: join(folder, 'data') },
    });
    const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    return { code, stdout, stderr };
  }

  it('go to the streams of the program and to /dev/null', async () => {
    await storeRuns(join(folder, 'runs.db'), [{ durationSeconds: 5 }]);
    for (const script of [
      `nodeswarm ${EXPORT} --json /dev/stdout | cat`,
      `nodeswarm ${EXPORT} --json /dev/fd/1 | cat`,
      `nodeswarm ${EXPORT} --json /dev/stderr 2>&1 > /dev/null | cat`,
      `nodeswarm ${EXPORT} --json >(cat) > /dev/null | cat`,
    ]) {
      const { stdout } = await inShell(script);
      expect(JSON.parse(stdout.slice(0, stdout.lastIndexOf('}') + 1))).toMatchObject({ run: { id: 1 } });
    }
    expect(await inShell(`nodeswarm ${EXPORT} --json /dev/null`)).toEqual({ code: 0, stdout: '/dev/null\n', stderr: '' });
  });

  it('write on in a file that is open already, and leave in it what others wrote', async () => {
    await storeRuns(join(folder, 'runs.db'), [{ durationSeconds: 5 }]);
    const ofOthers = (text: string) => text.replace(/\{.*\}\s*/s, '');
    for (const [script, around] of [
      [`{ echo before; nodeswarm ${EXPORT} --json /dev/stdout; echo after; } > out.txt`, 'before\nafter\n'],
      [`{ echo before; nodeswarm ${EXPORT} --json /proc/self/fd/1; echo after; } > out.txt`, 'before\nafter\n'],
      [`{ echo before; nodeswarm ${EXPORT} --json /dev/fd/3 3>&1; echo after; } > out.txt`, 'before\n/dev/fd/3\nafter\n'],
      [`{ echo before >&2; nodeswarm ${EXPORT} --json /dev/stderr; } 2> out.txt`, 'before\n'],
      [`echo before > out.txt; nodeswarm ${EXPORT} --json /dev/stdout >> out.txt`, 'before\n'],
    ]) {
      const { code } = await inShell(`rm -f out.txt; ${script}`);
      const written = readFileSync(join(folder, 'out.txt'), 'utf8');
      expect({ code, rest: ofOthers(written) }, script).toEqual({ code: 0, rest: around });
      const json = written.slice(written.indexOf('{'), written.lastIndexOf('}') + 1);
      expect(JSON.parse(json), script).toMatchObject({ run: { id: 1 } });
    }
    await inShell(`nodeswarm ${EXPORT} --html /dev/stdout > report.html`);
    expect(readFileSync(join(folder, 'report.html'), 'utf8')).toMatch(/^<!doctype html>.*<\/html>\s*$/is);
    expect(await inShell(`nodeswarm ${EXPORT} --json - --html /dev/stdout`)).toMatchObject({
      code: 2,
      stderr: 'nodeswarm: --html and --json name the same file: standard output.\n',
    });
  });

  it('are given up, not waited for, when nobody reads any more', async () => {
    await storeRuns(join(folder, 'runs.db'), [{ durationSeconds: 5 }]);
    const { stdout, stderr } = await inShell(
      `{ sleep 0.3; nodeswarm ${EXPORT} --json /dev/fd/3 3>&1 1>/dev/null; echo "code $?" >&2; } | true`,
    );
    expect({ stdout, stderr }).toEqual({
      stdout: '',
      stderr: 'nodeswarm: Cannot write "/dev/fd/3": nothing reads from it any more; name a file.\ncode 3\n',
    });
  });
});

describe.skipIf(!existsSync('/dev/full'))('a full disk', () => {
  it.each([
    ['--json /dev/fd/3', 'Cannot write "/dev/fd/3": the disk is full; free some space or choose another location.'],
    ['--json -', 'nodeswarm: standard output could not be written: the disk is full.'],
  ])('where a report goes (%s) is told, ends with 3, and leaves the run in the history', async (target, sentence) => {
    const backend = await DemoBackend.start();
    writeScenario(backend.url, { nodes: 2, spawnRate: 20, durationSeconds: 1 });
    const full = openSync('/dev/full', 'w');
    const cli = join(import.meta.dirname, '../../../out/main/cli.js');
    const child = spawn(process.execPath, [cli, 'run', 'small.nodeswarm.json', '--quiet', ...target.split(' ')], {
      cwd: folder,
      env: { ...process.env, NODESWARM_DATA: join(folder, 'data') },
      stdio: ['ignore', full, 'pipe', full],
    });
    closeSync(full);
    const [stderr, [code]] = await Promise.all([text(child.stderr as Readable), once(child, 'close')]);
    await backend.stop();
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining(sentence) });
    const { stdout } = await command('show', '1', '--json');
    expect((JSON.parse(stdout) as RunReport).run).toMatchObject({ id: 1, status: 'finished' });
  });
});

describe('demo-backend', () => {
  it('says where it is, serves until it is told to end, and counts', async () => {
    const cli = new SpawnedCli(['demo-backend', '--port', '0', '--capacity', '500'], { folder });
    await cli.prints('Ctrl-C ends it.');
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(cli.stdout)?.[0] ?? '';
    expect(await (await fetch(`${url}/greet/5`)).json()).toEqual({ message: 'Hello, node 5' });
    cli.child.kill('SIGTERM');
    const { code, stdout, signal } = await cli.ended;
    // On Windows a signal ends a process without asking it.
    if (process.platform === 'win32') expect(signal).toBe('SIGTERM');
    else
      expect({ code, stdout: stdout.split('\n')[1] }).toEqual({ code: 0, stdout: '1 requests answered (GET /greet/{id}: 1).' });
  });
});

function connectionsOf(server: Server): Promise<number> {
  return new Promise((resolve, reject) => server.getConnections((error, count) => (error ? reject(error) : resolve(count))));
}
