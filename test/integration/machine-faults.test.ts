import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import Sqlite from 'better-sqlite3';
import { beforeAll, describe, expect, it, type TestContext, vi } from 'vitest';
import { DemoBackend } from '../../src/main/demo/demo-backend';
import type { LiveRun } from '../../src/main/runs/run';
import { RunController } from '../../src/main/runs/run-controller';
import type { RunStore } from '../../src/main/store/run-store';
import { SqliteStore } from '../../src/main/store/sqlite-store';
import { StoreClient } from '../../src/main/store/store-client';
import type { ScenarioDocument } from '../../src/shared/scenario/schema';
import type { RunSecond } from '../../src/shared/stats/frame';
import { buildReport, type RunReport } from '../../src/shared/stats/report';
import { runCli, SpawnedCli } from '../main/cli/support/spawned-cli';
import { bundleEntry } from '../support/bundle-entry';
import { prepareStandIn, spawnMain } from '../support/electron-stand-in/driver/launch';
import { ObservedHost, openFiles } from '../support/observed-host';
import { onOwnMachine } from '../support/own-machine';
import { newRun, recordedSecond } from '../support/recorded-run';
import { scenarioOf } from '../support/swarm-run';
import { tempFolder } from '../support/temp-folder';

/** How long processes are suspended, s. */
const SUSPEND_SECONDS = 30;

vi.setConfig({ testTimeout: 60_000 });

/** A test, to clean up after it. */
type Own = Pick<TestContext, 'onTestFinished'>;

/** What runs on machines of their own brought, as JSON: they mostly wait, so they go on beside the other tests. */
let cramped: Record<'anySource' | 'namedSource' | 'smallDisk', Promise<string>>;
beforeAll(async () => {
  const driver = await bundleEntry('test/support/cramped-machine.ts');
  const folder = mkdtempSync(join(tmpdir(), 'nodeswarm-cramped-'));
  const ports = 'echo "50000 50029" > /proc/sys/net/ipv4/ip_local_port_range; exec "$1" "$2" PORTS "$3" 30 $4';
  const args = [process.execPath, driver.file, folder];
  cramped = {
    anySource: onOwnMachine(ports, args),
    namedSource: onOwnMachine(ports, [...args, '127.0.0.1']),
    smallDisk: onOwnMachine('mount -t tmpfs -o size=1m tmpfs "$3"; exec "$1" "$2" DISK "$3"', args),
  };
  const all = Promise.allSettled(Object.values(cramped));
  return async () => {
    await all;
    driver.remove();
    rmSync(folder, { recursive: true, force: true });
  };
});

async function startDemo({ onTestFinished }: Own): Promise<DemoBackend> {
  const demo = await DemoBackend.start();
  onTestFinished(() => demo.stop());
  return demo;
}

function documentOf(
  baseUrl: string,
  load: ScenarioDocument['load'],
  wait: ScenarioDocument['nodeTypes'][number]['wait'] = { kind: 'constant', seconds: 0.1 },
): ScenarioDocument {
  const tasks = [{ name: 'greet', steps: [{ request: { path: '/greet/1' } }] }];
  return { nodeswarm: 1, name: 'faults', target: { baseUrl }, load, nodeTypes: [{ name: 'node', wait, tasks }] };
}

/** A run with all that it told. */
async function started(own: Own, document: ScenarioDocument, host: ObservedHost, store: RunStore | null = null, shards = 1) {
  const run: LiveRun = await new RunController({ host, store }).start({
    scenario: scenarioOf(document),
    folder: import.meta.dirname,
    shards,
    seed: 1,
  });
  own.onTestFinished(() => {
    for (const child of host.children) child.kill();
  });
  const seconds: RunSecond[] = [];
  const logs: string[] = [];
  run.on('second', (second) => seconds.push(second));
  run.on('log', ({ text }) => logs.push(text));
  return { run, seconds, logs };
}

/** Changes the soft limit of a living process. */
function limit(pid: number, resource: 'nofile' | 'fsize', value: number | 'unlimited'): void {
  const { status, stderr } = spawnSync('prlimit', ['--pid', String(pid), `--${resource}=${value}:`], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`prlimit failed: ${stderr}`);
}

function startedIn({ second, series }: RunSecond): [second: number, requests: number] {
  return [second, series.reduce((sum, { started }) => sum + started, 0)];
}

function failedIn(second: RunSecond | undefined): number {
  return second?.series.reduce((sum, { failed }) => sum + failed, 0) ?? 0;
}

function expectClosed(data: Awaited<LiveRun['done']>): void {
  const { started, completed, failed, aborted } = buildReport(data).accounting;
  expect(started).toBe(completed + failed + aborted);
  expect(started).toBeGreaterThan(0);
}

const contiguous = (seconds: readonly RunSecond[]) =>
  expect(seconds.map(({ second }) => second)).toEqual(seconds.map((_, i) => i));

describe('file descriptors', () => {
  it('that run out in mid-run fail requests by name, mark the seconds, and the nodes recover when there are some again', async (own) => {
    const demo = await startDemo(own);
    const host = new ObservedHost();
    const { run, seconds } = await started(own, documentOf(demo.url, { nodes: 40, spawnRate: 20, durationSeconds: 5 }), host);
    const shard = host.pidOf('shard');
    run.on('second', ({ second }) => {
      // Five connections more, and the nodes that spawn later get none.
      if (second === 0) limit(shard, 'nofile', openFiles(shard) + 5);
      if (second === 2) limit(shard, 'nofile', 4096);
    });
    const data = await run.done;
    expect(data.run).toMatchObject({ status: 'finished', degraded: false });
    expect(data.failures.map(({ error }) => error)).toEqual(['TooManyOpenFiles']);
    expect(data.failures[0]?.samples[0]?.detail).toContain('EMFILE');
    const limited = seconds.filter((second) => failedIn(second) > 0);
    expect(limited.length).toBeGreaterThan(0);
    for (const { health } of limited) {
      expect(health.valid).toBe(false);
      expect(health.reasons).toContain('the generator ran out of file descriptors');
    }
    const last = seconds.find(({ second }) => second === 4);
    expect(failedIn(last)).toBe(0);
    expect(last?.nodes).toBe(40);
    expectClosed(data);
  });

  it('of which there are too few for the run are found before anything is sent', async (own) => {
    const demo = await startDemo(own);
    const cli = join(import.meta.dirname, '../../out/main/cli.js');
    const scenario = join(import.meta.dirname, '../../resources/scenarios/iot-backend.nodeswarm.json');
    const command = `ulimit -n 256; exec "$0" "$@"`;
    const args = [cli, 'run', scenario, '-H', demo.url, '-u', '500', '-r', '500', '--shards', '1', '--no-history'];
    const { status, stderr } = spawnSync('sh', ['-c', command, process.execPath, ...args], { encoding: 'utf8' });
    expect(stderr).toBe(
      'nodeswarm: this run needs 500 sockets in 1 shard, each of which may open only 192: use --shards 3 or raise the limit of open files (ulimit -n).\n',
    );
    expect(status).toBe(3);
    expect(demo.stats.requests).toBe(0);
  });
});

describe('a machine with few ports and a small disk', () => {
  it.for([
    ['any source address', 'anySource'],
    ['a named one', 'namedSource'],
  ] as const)(
    'ports of %s that run out fail requests by name, mark the seconds, and the nodes recover when there are some again',
    async ([, source]) => {
      const result = JSON.parse(await cramped[source]);
      expect(result.refused).toMatch(
        /^this run needs 31 local ports, one source address has 30: name more source addresses in target\.localAddresses \(2 in all\) or widen/,
      );
      expect(result.status).toBe('finished');
      expect(result.errors.map(({ error }: { error: string }) => error)).toEqual(['AddressNotAvailable']);
      expect(result.reasons).toContain('the generator ran out of local ports');
      expect(result.failuresBySecond[0]).toBeGreaterThan(0);
      expect(result.failuresBySecond[4]).toBe(0);
      const { started, completed, failed, aborted } = result.accounting;
      expect(started).toBe(completed + failed + aborted);
      expect(completed).toBeGreaterThan(0);
    },
  );

  it('a full disk holds the seconds up, says so, and has them all once there is room', async () => {
    const result = JSON.parse(await cramped.smallDisk);
    expect(result.logs).toEqual([
      `history is behind, its seconds are held until they can be stored: The disk that holds the history ${result.file} is full; free some space, or delete runs that are no longer needed.`,
      'history is complete again: the seconds that were held are stored',
    ]);
    expect(result).toMatchObject({ status: 'finished', statusReason: '', storedStatus: 'finished' });
    expect(result.stored).toEqual(Array.from({ length: result.seconds }, (_, second) => second));
  });
});

describe('a history that cannot be written to in mid-run', () => {
  it('past the largest size of a file: the run goes on, says what is missing, and reports still have it', async (own) => {
    const demo = await startDemo(own);
    const host = new ObservedHost();
    const store = new StoreClient(host, join(tempFolder(), 'runs.db'));
    own.onTestFinished(() => store.close());
    const { run, seconds, logs } = await started(
      own,
      documentOf(demo.url, { nodes: 5, spawnRate: 50, durationSeconds: 3 }),
      host,
      store,
    );
    // Not one byte more, to any file, to the end.
    run.on('second', ({ second }) => {
      if (second === 1) limit(host.pidOf('store'), 'fsize', 0);
    });
    const data = await run.done;
    expect(logs[0]).toMatch(/^history is behind, .*runs\.db cannot be read or written \(disk I\/O error\); check the disk/);
    expect(data.run.status).toBe('finished');
    expect(data.run.statusReason).toMatch(/^history is incomplete: The history .*runs\.db cannot be read or written/);
    expect(run.unstoredSeconds.length).toBeGreaterThan(0);
    limit(host.pidOf('store'), 'fsize', 'unlimited');
    const stored = await store.readSeconds(run.record.id);
    expect([...stored, ...run.unstoredSeconds].map(({ second }) => second)).toEqual(seconds.map(({ second }) => second));
    expectClosed(data);
  });

  it('locked by another program: nothing is lost when it lets go', async (own) => {
    const demo = await startDemo(own);
    const host = new ObservedHost();
    const file = join(tempFolder(), 'runs.db');
    const store = new StoreClient(host, file);
    own.onTestFinished(() => store.close());
    const { run, seconds, logs } = await started(
      own,
      documentOf(demo.url, { nodes: 5, spawnRate: 50, durationSeconds: 2 }),
      host,
      store,
    );
    const other = new Sqlite(file);
    other.exec('BEGIN IMMEDIATE');
    // Until a write has waited for the lock as long as it does.
    await expect.poll(() => logs.length, { timeout: 60_000 }).toBe(1);
    other.exec('ROLLBACK');
    other.close();
    const data = await run.done;
    expect(logs).toEqual([
      `history is behind, its seconds are held until they can be stored: The history ${file} is locked by another program; close that program and try again, or use another file (--db FILE).`,
      'history is complete again: the seconds that were held are stored',
    ]);
    expect(data.run).toMatchObject({ status: 'finished', statusReason: '' });
    expect((await store.readSeconds(run.record.id)).map(startedIn)).toEqual(seconds.map(startedIn));
  });
});

// Together, the longest first, because they mostly wait.
describe.concurrent('a run outlives', { timeout: 180_000 }, () => {
  it('shards that stand still: the run goes on, the time is marked and accounted for', async (own) => {
    const demo = await startDemo(own);
    const host = new ObservedHost();
    const store = new StoreClient(host, join(tempFolder(own), 'runs.db'));
    own.onTestFinished(() => store.close());
    const load = { nodes: 4, spawnRate: 40, durationSeconds: Math.ceil(SUSPEND_SECONDS) + 2 };
    const wait = { kind: 'pacing' as const, seconds: 0.1 };
    const { run, seconds } = await started(own, documentOf(demo.url, load, wait), host, store, 2);
    let statusMeanwhile: string | undefined;
    run.once('second', () => {
      for (const shard of [0, 1]) process.kill(host.pidOf('shard', shard), 'SIGSTOP');
      setTimeout(() => {
        void store.listRuns().then(([item]) => {
          statusMeanwhile = item?.status;
        });
      }, SUSPEND_SECONDS * 900);
      setTimeout(() => {
        for (const shard of [0, 1]) process.kill(host.pidOf('shard', shard), 'SIGCONT');
      }, SUSPEND_SECONDS * 1000);
    });
    const data = await run.done;
    expect(statusMeanwhile).toBe('running');
    expect(data.run).toMatchObject({ status: 'finished', degraded: false, statusReason: '' });
    contiguous(seconds);
    const marked = seconds.filter(({ health }) => !health.valid && health.reasons.join().includes('was held up'));
    expect(marked.length).toBeGreaterThanOrEqual(SUSPEND_SECONDS - 1);
    // Slots of the time that stood still are counted, not sent at once afterwards.
    expect(data.totals.select(null).missed).toBeGreaterThan(4 * 10 * (SUSPEND_SECONDS - 1));
    expectClosed(data);
    expect((await store.readSeconds(run.record.id)).map(startedIn)).toEqual(seconds.map(startedIn));
  });

  it('all processes of a run that stand still: it goes on where it was, and all of it is stored', async (own) => {
    const demo = await startDemo(own);
    const folder = tempFolder(own);
    const scenario = join(folder, 'suspended.nodeswarm.json');
    const load = { nodes: 4, spawnRate: 400, durationSeconds: Math.ceil(SUSPEND_SECONDS) + 2 };
    writeFileSync(scenario, JSON.stringify(documentOf(demo.url, load, { kind: 'pacing', seconds: 0.1 })));
    const cli = new SpawnedCli(['run', scenario, '--json', 'report.json', '--shards', '2', '--db', 'runs.db'], {
      folder,
      ownGroup: true,
    });
    own.onTestFinished(() => cli.signalGroup('SIGKILL'));
    // All four are connected by then: a connect that stands still for so long has timed out.
    await expect.poll(() => demo.stats.requests, { timeout: 30_000 }).toBeGreaterThan(20);
    cli.signalGroup('SIGSTOP');
    await sleep(SUSPEND_SECONDS * 1000);
    cli.signalGroup('SIGCONT');
    expect(await cli.ended).toMatchObject({ code: 0, stderr: '' });
    const { run, accounting, generator } = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as RunReport;
    expect(run).toMatchObject({ status: 'finished', statusReason: '', degraded: false });
    expect(accounting.started).toBe(accounting.completed + accounting.failed + accounting.aborted);
    expect(accounting.missed).toBeGreaterThan(4 * 10 * (SUSPEND_SECONDS - 1));
    expect(generator.invalidSeconds).toBeGreaterThanOrEqual(SUSPEND_SECONDS - 1);
    const store = SqliteStore.open(join(folder, 'runs.db'));
    own.onTestFinished(() => store.close());
    contiguous(await store.readSeconds(1));
    expect((await store.readRun(1))?.totals.select(null).started).toBe(accounting.started);
  });

  /** A run of three seconds beside one of before; `harm` is done to the file when a second of it is over, `mend` two seconds later. */
  async function harmedRun(own: Own, harm: (file: string) => void, mend: (file: string) => void = () => {}) {
    const demo = await startDemo(own);
    const host = new ObservedHost();
    const file = join(tempFolder(own), 'data', 'runs.db');
    const before = SqliteStore.open(file);
    await before.createRun(newRun());
    for (let second = 0; second < 30; second++) await before.appendSecond(1, recordedSecond(second), []);
    await before.close();
    const store = new StoreClient(host, file);
    own.onTestFinished(() => store.close());
    const document = documentOf(demo.url, { nodes: 4, spawnRate: 100, durationSeconds: 4 });
    const { run, seconds, logs } = await started(own, document, host, store);
    run.on('second', ({ second }) => {
      if (second === 0) harm(file);
      if (second === 2) mend(file);
    });
    const data = await run.done;
    expect(data.run).toMatchObject({ status: 'finished', degraded: false });
    expectClosed(data);
    // Nothing that the backend got is missing in what is reported.
    expect(buildReport(data).accounting.started).toBe(demo.stats.requests);
    const another = () => started(own, documentOf(demo.url, { nodes: 1, spawnRate: 1, durationSeconds: 1 }), host, store);
    return { file, store, run, seconds, logs, reason: data.run.statusReason, another };
  }

  it.for([
    ['a history whose file is removed', (file: string) => rmSync(file)],
    ['a history whose folder is removed', (file: string) => rmSync(dirname(file), { recursive: true })],
  ] as const)(
    '%s: the run says so and has all its seconds for reports, and the next one begins a new history',
    async ([, harm], own) => {
      const { file, store, run, seconds, logs, reason, another } = await harmedRun(own, harm);
      const why = `The history ${file} was removed, moved or replaced while it was open; put it back, or continue with a new one, which the next run creates.`;
      expect(logs).toEqual([
        `history is behind, its seconds are held until they can be stored: ${why}`,
        `history is incomplete: ${why}`,
      ]);
      expect(reason).toBe(`history is incomplete: ${why}`);
      // What was stored before can be read as long as it is open.
      const stored = await store.readSeconds(run.record.id);
      expect([...stored, ...run.unstoredSeconds].map(startedIn)).toEqual(seconds.map(startedIn));
      const next = await another();
      expect((await next.run.done).run).toMatchObject({ status: 'finished', statusReason: '' });
      expect((await store.listRuns()).map(({ id, status }) => [id, status])).toEqual([[1, 'finished']]);
      expect((await store.readSeconds(1)).map(startedIn)).toEqual(next.seconds.map(startedIn));
    },
  );

  it('a history that is moved away and put back: nothing is lost', async (own) => {
    const { store, run, seconds, logs, reason } = await harmedRun(
      own,
      (file) => renameSync(file, `${file}.away`),
      (file) => renameSync(`${file}.away`, file),
    );
    expect(logs).toEqual([
      expect.stringMatching(/^history is behind, .* was removed, moved or replaced while it was open/),
      'history is complete again: the seconds that were held are stored',
    ]);
    expect(reason).toBe('');
    expect((await store.readSeconds(run.record.id)).map(startedIn)).toEqual(seconds.map(startedIn));
  });

  it.for([
    ['a history whose pages are overwritten', (file: string) => writeFileSync(file, readFileSync(file).fill(0xa5, 2048))],
    ['a history whose file is cut off', (file: string) => truncateSync(file, 2048)],
    ['a history whose log is cut off', (file: string) => truncateSync(`${file}-wal`, 0)],
  ] as const)('%s: that is found by the end of the run at the latest, and said', async ([, harm], own) => {
    const { file, logs, reason } = await harmedRun(own, harm);
    const why = `history is incomplete: The history ${file} is damaged; replace it with a backup, or start a new one (--db FILE).`;
    expect(reason).toBe(why);
    expect(logs.at(-1)).toBe(why);
  });
});

describe('a wall clock that is set forth and back in mid-run', () => {
  it('changes nothing, also where nodes send by the clock', async (own) => {
    const demo = await startDemo(own);
    const folder = tempFolder();
    const scenario = join(folder, 'clock.nodeswarm.json');
    const wait = { kind: 'pacing' as const, seconds: 0.1, align: 'clock' as const };
    writeFileSync(scenario, JSON.stringify(documentOf(demo.url, { nodes: 5, spawnRate: 500, durationSeconds: 4 }, wait)));
    const clock = pathToFileURL(join(import.meta.dirname, '../support/jumping-clock.mjs')).href;
    const cli = new SpawnedCli(['run', scenario, '--json', 'report.json', '--shards', '2', '--db', 'runs.db'], {
      folder,
      // This process's, the shards' and the store's.
      env: { NODE_OPTIONS: `--import=${clock}` },
    });
    expect(await cli.ended).toMatchObject({ code: 0, stderr: '' });
    const { run, accounting, phases } = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as RunReport;
    expect(run).toMatchObject({ status: 'finished', statusReason: '', degraded: false });
    expect((run.endedAt ?? 0) - run.startedAt).toBeGreaterThanOrEqual(4000);
    expect((run.endedAt ?? 0) - run.startedAt).toBeLessThan(60_000);
    // Each of the 5 nodes has a slot each 100 ms, used or counted as missed: the grid did not move with the clock.
    const slots = accounting.started + accounting.missed;
    expect(slots).toBeGreaterThanOrEqual(5 * 38);
    // A machine that is busy may end the run late.
    expect(slots).toBeLessThanOrEqual(5 * (10 * (phases.ramp + phases.steady + phases.cooldown) + 2));
    const store = SqliteStore.open(join(folder, 'runs.db'));
    own.onTestFinished(() => store.close());
    expect((await store.listRuns())[0]?.status).toBe('finished');
    contiguous(await store.readSeconds(1));
  });
});

describe('a history that cannot be used', () => {
  it('is found before the first request, with one sentence and code 3', async (own) => {
    const demo = await startDemo(own);
    const folder = tempFolder();
    const scenario = join(import.meta.dirname, '../../resources/scenarios/iot-backend.nodeswarm.json');
    await SqliteStore.open(join(folder, 'newer.db')).close();
    const newer = new Sqlite(join(folder, 'newer.db'));
    newer.pragma('user_version = 999');
    newer.close();
    await SqliteStore.open(join(folder, 'damaged.db')).close();
    const bytes = readFileSync(join(folder, 'damaged.db'));
    writeFileSync(join(folder, 'damaged.db'), bytes.fill(0xa5, 100, bytes.readUInt16BE(16)));
    writeFileSync(join(folder, 'text.db'), 'Method,Name,Error\n'.repeat(100));
    await SqliteStore.open(join(folder, 'locked.db')).close();
    const other = new Sqlite(join(folder, 'locked.db'));
    other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    own.onTestFinished(() => void other.close());
    const said = async (db: string) => {
      const { code, stderr } = await runCli(['run', scenario, '-H', demo.url, '-t', '1s', '--db', db], { folder });
      expect(stderr).toMatch(/^nodeswarm: [^\n]+\.\n$/);
      expect(code).toBe(3);
      return stderr;
    };
    const [isNewer, isDamaged, isText, isLocked, isUnreachable] = await Promise.all([
      said('newer.db'),
      said('damaged.db'),
      said('text.db'),
      said('locked.db'),
      said('text.db/runs.db'),
    ]);
    expect(isNewer).toContain('was written by a newer Nodeswarm (layout 999');
    expect(isDamaged).toContain('damaged.db is damaged; replace it with a backup');
    expect(isText).toContain('text.db is not a Nodeswarm history; choose another file (--db FILE).');
    expect(isLocked).toContain('locked.db is locked by another program; close that program and try again');
    expect(isUnreachable).toContain('for the history cannot be created');
    expect(demo.stats.requests).toBe(0);
  });
});

describe('a data folder that may not be written to', { timeout: 120_000 }, () => {
  const scenario = join(import.meta.dirname, '../../resources/scenarios/iot-backend.nodeswarm.json');

  function dataFolder({ onTestFinished }: Own, mode: number): { folder: string; data: string } {
    const folder = tempFolder();
    const data = join(folder, 'data');
    mkdirSync(data);
    chmodSync(data, mode);
    onTestFinished(() => chmodSync(data, 0o755));
    return { folder, data };
  }

  it('is found by the command line and the browser host before anything is sent; a run that keeps nothing needs none', async (own) => {
    const demo = await startDemo(own);
    const { folder, data } = dataFolder(own, 0o555);
    const options = { folder, unprivileged: true };
    const run = ['run', scenario, '-H', demo.url, '-u', '2', '-r', '10', '-t', '1s', '--only-summary'];
    for (const args of [run, ['serve', '--port', '0']]) {
      const { code, stdout, stderr } = await runCli(args, options);
      expect(stderr).toMatch(
        /^nodeswarm: The history [^\n]+ cannot be opened; check that its folder can be written to, [^\n]+\.\n$/,
      );
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    }
    expect(demo.stats.requests).toBe(0);
    expect(readdirSync(data)).toEqual([]);
    const unkept = await runCli([...run, '--no-history', '--json', join(folder, 'out.json')], options);
    expect(unkept).toMatchObject({ code: 0, stderr: '' });
    expect(demo.stats.requests).toBeGreaterThan(0);
    expect(existsSync(join(folder, 'out.json'))).toBe(true);
  });

  it('keeps the desktop app from starting, with a sentence', async (own) => {
    const { data } = dataFolder(own, 0o555);
    const programs = await prepareStandIn();
    own.onTestFinished(() => programs.remove());
    const mainFile = join(import.meta.dirname, '../../out/main/index.js');
    const app = spawnMain(programs, { mainFile, args: [], env: { NODESWARM_DATA: data }, unprivileged: true });
    let said = '';
    app.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const [code] = await once(app, 'close');
    expect(said).toBe(
      `Nodeswarm could not be started: The folder ${join(data, 'chromium')} cannot be used (EACCES: permission denied, mkdir '${join(data, 'chromium')}'); give this user access to it, or set the environment variable NODESWARM_DATA to another folder.\n`,
    );
    expect(code).toBe(1);
  });

  it('does no harm to a run that is on when it becomes one', async (own) => {
    const demo = await startDemo(own);
    const { folder, data } = dataFolder(own, 0o755);
    const cli = new SpawnedCli(['run', scenario, '-H', demo.url, '-u', '2', '-r', '10', '-t', '3s', '--only-summary'], {
      folder,
      unprivileged: true,
    });
    await expect.poll(() => demo.stats.requests, { timeout: 30_000 }).toBeGreaterThan(0);
    chmodSync(data, 0o555);
    const { code, stderr } = await cli.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    chmodSync(data, 0o755);
    const store = SqliteStore.open(join(data, 'nodeswarm.db'));
    own.onTestFinished(() => store.close());
    const id = (await store.lastRunId()) ?? 0;
    expect((await store.readRun(id))?.run).toMatchObject({ status: 'finished', statusReason: '' });
    const seconds = await store.readSeconds(id);
    expect(seconds.reduce((sum, second) => sum + startedIn(second)[1], 0)).toBe(demo.stats.requests);
  });
});

describe('a shard whose memory is full', () => {
  it('ends, says why, and the run goes on degraded', async (own) => {
    const body = JSON.stringify({ token: 'x'.repeat(400_000) });
    const server = createServer((_, response) => void response.end(body));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    own.onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    // Each node keeps what it was given.
    const remember = { request: { path: '/login', extract: [{ variable: 'token', jsonPath: '$.token' }] } };
    const document: ScenarioDocument = {
      nodeswarm: 1,
      name: 'hungry',
      target: { baseUrl },
      load: { nodes: 200, spawnRate: 80, durationSeconds: 40 },
      nodeTypes: [
        {
          name: 'node',
          wait: { kind: 'constant', seconds: 10 },
          onStart: [remember],
          tasks: [{ name: 'idle', steps: [{ pause: { seconds: 0.01 } }] }],
        },
      ],
    };
    const host = new ObservedHost((child) => (child === 1 ? ['--max-old-space-size=32'] : []));
    const { run } = await started(own, document, host, null, 2);
    run.on('event', ({ kind }) => {
      // The other one goes on.
      if (kind === 'shard-lost') run.once('second', () => run.stop());
    });
    const data = await run.done;
    expect(data.run).toMatchObject({ status: 'stopped', degraded: true });
    expect(data.run.statusReason).toMatch(
      /^shard 1 was lost at \d+\.\d s \(out of memory, signal SIG\w+; use fewer nodes, smaller bodies and files, or more shards\): \d+ nodes gone/,
    );
    expectClosed(data);
  });
});
