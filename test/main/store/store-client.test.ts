import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NodeProcessHost } from '../../../src/main/process/node-host';
import type { ChildEntry, ChildHandle, ForkOptions, ProcessHost } from '../../../src/main/process/process-host';
import { SqliteStore } from '../../../src/main/store/sqlite-store';
import { StoreClient } from '../../../src/main/store/store-client';
import { storeMain } from '../../../src/main/store/store-process';
import { type BundledEntry, bundleEntry } from '../../support/bundle-entry';
import { InMemoryProcessHost } from '../../support/in-memory-host';
import { newRun, RUN_END, recordedSecond } from '../../support/recorded-run';
import { tempFolder } from '../../support/temp-folder';

let entry: BundledEntry;
beforeAll(async () => {
  entry = await bundleEntry('src/main/store/store-entry.ts');
});
afterAll(() => entry.remove());

/** A host that lets a test get at the children. */
class WatchedHost implements ProcessHost {
  readonly children: ChildHandle<never, never>[] = [];
  private readonly host: ProcessHost;

  constructor(host: ProcessHost) {
    this.host = host;
  }

  fork<In, Out>(name: ChildEntry, options: ForkOptions): ChildHandle<In, Out> {
    const child = this.host.fork<In, Out>(name, options);
    this.children.push(child as unknown as ChildHandle<never, never>);
    return child;
  }
}

const nodeHost = () => new WatchedHost(new NodeProcessHost({ shard: entry.file, store: entry.file }));
const memoryHost = () => new WatchedHost(new InMemoryProcessHost({ store: storeMain }));
const newFile = () => join(tempFolder(), 'runs.db');

describe.each([
  ['a process of its own', nodeHost],
  ['this process', memoryHost],
])('StoreClient over %s', (_, newHost) => {
  it('answers as the store itself does', async () => {
    const file = newFile();
    const client = new StoreClient(newHost(), file);
    const id = await client.createRun(newRun());
    for (let second = 0; second < 3; second++)
      await client.appendSecond(id, recordedSecond(second, { failuresPerSeries: 1 }), []);
    await client.finishRun(id, RUN_END, [{ atMs: 3000, kind: 'note', text: 'done' }]);
    await client.updateRun(id, { note: 'a note' });
    const answers = {
      run: await client.readRun(id),
      seconds: await client.readSeconds(id, { from: 1 }),
      chart: await client.readChart(id, null),
      list: await client.listRuns(),
      last: await client.lastRunId(),
      heat: await client.readHeat(id, null),
      part: (await client.readTotals(id, { from: 1 })).toData(),
      stretch: await client.readStretch(id, { from: 1, to: 2 }),
      sparks: await client.readSparkLines([id]),
      comparison: await client.compareRuns({ runId: id }, { runId: id }),
      none: await client.readRun(99),
    };
    await expect(client.updateRun(99, {})).rejects.toThrow(
      `There is no run 99 in the history ${file}; it may have been deleted.`,
    );
    await expect(client.readHeat(99, null)).rejects.toMatchObject({ notFound: true });
    await client.close();
    await expect(client.listRuns()).rejects.toThrow('The history has been closed.');

    const store = SqliteStore.open(file);
    expect(answers.run?.totals.toData()).toEqual((await store.readRun(id))?.totals.toData());
    expect({ ...answers.run, totals: null }).toEqual({ ...(await store.readRun(id)), totals: null });
    expect(answers.seconds).toEqual(await store.readSeconds(id, { from: 1 }));
    expect(answers.chart).toEqual(await store.readChart(id, null));
    expect(answers.list).toEqual(await store.listRuns());
    expect(answers.last).toBe(id);
    expect(answers.heat).toEqual(await store.readHeat(id, null));
    expect(answers.part).toEqual((await store.readTotals(id, { from: 1 })).toData());
    expect(answers.stretch).toEqual(await store.readStretch(id, { from: 1, to: 2 }));
    expect(answers.stretch.failures.length).toBeGreaterThan(0);
    expect(answers.sparks).toEqual(await store.readSparkLines([id]));
    expect(answers.comparison).toEqual(await store.compareRuns({ runId: id }, { runId: id }));
    expect(answers.none).toBeNull();
    expect(await store.deleteRun(id)).toBe(true);
    await store.close();
  });

  it('stores what waits when it is closed', async () => {
    const file = newFile();
    const client = new StoreClient(newHost(), file);
    const id = await client.createRun(newRun());
    const pending = Array.from({ length: 30 }, (_, second) => client.appendSecond(id, recordedSecond(second), []));
    await Promise.all([client.close(), client.close()]);
    await Promise.all(pending);
    const store = SqliteStore.open(file);
    expect(await store.readSeconds(id)).toHaveLength(30);
    await store.close();
  });

  it('sends the seconds of a process that died to the next one, in order, and rejects the rest', async () => {
    const file = newFile();
    const host = newHost();
    const client = new StoreClient(host, file);
    const id = await client.createRun(newRun());
    for (let second = 0; second < 4; second++) await client.appendSecond(id, recordedSecond(second), []);
    host.children[0]?.kill();
    const seconds = Array.from({ length: 36 }, (_, index) => client.appendSecond(id, recordedSecond(4 + index), []));
    const list = client.listRuns();
    await expect(list).rejects.toThrow(/^The process that keeps the history ended unexpectedly \(signal SIGKILL\); try again\.$/);
    await Promise.all(seconds);
    await client.finishRun(id, RUN_END, []);
    expect((await client.readSeconds(id)).map(({ second }) => second)).toEqual(Array.from({ length: 40 }, (_, second) => second));
    expect((await client.readRun(id))?.totals.select(null).started).toBe(40 * 40);
    expect(host.children).toHaveLength(2);
    await client.close();
  });

  it('hands on what is wrong with the file, and tries it again', async () => {
    const folder = tempFolder();
    const client = new StoreClient(newHost(), folder);
    await expect(client.listRuns()).rejects.toThrow(`The history ${folder} cannot be opened`);
    await expect(client.createRun(newRun())).rejects.toThrow(`The history ${folder} cannot be opened`);
    await client.close();
  });
});

describe('StoreClient', () => {
  it('gives up on a process that cannot be started, and starts it anew with the next call', async () => {
    const file = newFile();
    const good = new InMemoryProcessHost({ store: storeMain });
    const bad = new InMemoryProcessHost({});
    let current: ProcessHost = good;
    const client = new StoreClient({ fork: (name, options) => current.fork(name, options) }, file);
    const id = await client.createRun(newRun());
    await client.close();

    current = bad;
    const next = new StoreClient({ fork: (name, options) => current.fork(name, options) }, file);
    await expect(next.listRuns()).rejects.toThrow('ended unexpectedly (could not be started: there is no store); try again.');
    const lost = next.appendSecond(id, recordedSecond(0), []);
    await expect(lost).rejects.toThrow(
      'The process that keeps the history keeps ending (could not be started: there is no store)',
    );
    current = good;
    await next.appendSecond(id, recordedSecond(0), []);
    expect((await next.readSeconds(id)).map(({ second }) => second)).toEqual([0]);
    await next.close();
  });

  it('ends a process that is stuck, and sends what it was sent to the next one', async () => {
    const host = nodeHost();
    const lines: string[] = [];
    const client = new StoreClient(host, newFile(), (line) => lines.push(line), { patienceMs: 1500 });
    const id = await client.createRun(newRun());
    await client.appendSecond(id, recordedSecond(0), []);
    const [stuck] = host.children;
    process.kill(stuck?.pid as number, 'SIGSTOP');
    const gone = new Promise<string>((resolve) => stuck?.onExit(resolve));
    const list = client.listRuns();
    const seconds = [1, 2].map((second) => client.appendSecond(id, recordedSecond(second), []));
    await expect(list).rejects.toThrow('ended unexpectedly (it did not answer for 1.5 s); try again.');
    await Promise.all(seconds);
    expect(await gone).toBe('signal SIGKILL');
    expect(lines).toEqual(['The process that keeps the history is being ended: it did not answer for 1.5 s.']);
    await client.finishRun(id, RUN_END, []);
    expect((await client.readSeconds(id)).map(({ second }) => second)).toEqual([0, 1, 2]);
    await client.close();
    expect(host.children).toHaveLength(2);
  });

  it('waits for a process as long as it takes where no run waits for it', async () => {
    const host = nodeHost();
    const client = new StoreClient(host, newFile(), undefined, { patienceMs: 300 });
    await client.createRun(newRun());
    const pid = host.children[0]?.pid as number;
    process.kill(pid, 'SIGSTOP');
    const list = client.listRuns();
    await sleep(1000);
    process.kill(pid, 'SIGCONT');
    expect(await list).toHaveLength(1);
    await client.close();
    expect(host.children).toHaveLength(1);
  });

  it('leaves a process behind that stores what it was sent before it ends', async () => {
    const file = newFile();
    const parent = await bundleEntry('test/support/store-parent.ts');
    const program = spawn(process.execPath, [parent.file, entry.file, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [, signal] = await once(program, 'exit');
    parent.remove();
    expect(signal).toBe('SIGKILL');
    const store = SqliteStore.open(file);
    await expect.poll(async () => (await store.readSeconds(1)).length, { timeout: 10_000 }).toBe(5);
    expect((await store.readRun(1))?.run.status).toBe('interrupted');
    await store.close();
  });
});
