import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HEARTBEAT_LIMIT_MS } from '../../../src/main/store/run-owner';
import { SqliteStore } from '../../../src/main/store/sqlite-store';
import { type BundledEntry, bundleEntry } from '../../support/bundle-entry';
import { newRun, RUN_END, recordedSecond } from '../../support/recorded-run';
import { tempFolder } from '../../support/temp-folder';

let writer: BundledEntry;
beforeAll(async () => {
  writer = await bundleEntry('test/support/store-writer.ts');
});
afterAll(() => writer.remove());

/** Starts a process that stores seconds; `lines` grows with what it has committed. */
function startWriter(file: string, seconds: number) {
  const child = spawn(process.execPath, [writer.file, file, String(seconds)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  return { child, lines, exit: once(child, 'close') as Promise<[code: number | null]> };
}

describe('a history in the hands of several processes', () => {
  it('is read and written by two at once', async () => {
    const file = join(tempFolder(), 'runs.db');
    const store = SqliteStore.open(file);
    const own = await store.createRun(newRun());
    const other = startWriter(file, 60);
    for (let second = 0; second < 60; second++) {
      await store.appendSecond(own, recordedSecond(second), []);
      await store.listRuns();
      await sleep(5);
    }
    expect((await other.exit)[0]).toBe(0);
    expect(await store.readSeconds(own)).toHaveLength(60);
    expect(await store.readSeconds(Number(other.lines[0]))).toEqual(
      Array.from({ length: 60 }, (_, second) => recordedSecond(second)),
    );
    await store.close();
  });

  it('keeps every second that was stored before its writer was killed, and calls the run interrupted', async () => {
    const file = join(tempFolder(), 'runs.db');
    const { child, lines, exit } = startWriter(file, 0);
    await expect.poll(() => lines.length, { timeout: 20_000 }).toBeGreaterThan(15);
    const live = SqliteStore.open(file);
    expect((await live.listRuns())[0]?.status).toBe('running');
    child.kill('SIGKILL');
    await exit;

    const id = Number(lines[0]);
    const committed = Number(lines.at(-1)) + 1;
    const item = (await live.listRuns())[0];
    await live.close();
    expect(item?.status).toBe('interrupted');

    const db = new Sqlite(file);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(db.pragma('foreign_key_check')).toEqual([]);
    db.close();
    const store = SqliteStore.open(file);
    const seconds = await store.readSeconds(id);
    // One more may have been stored that could no longer be reported.
    expect(seconds.length - committed).toBeOneOf([0, 1]);
    expect(seconds).toEqual(seconds.map(({ second }) => recordedSecond(second)));
    const data = await store.readRun(id);
    expect(data?.run).toMatchObject({ status: 'interrupted', endedAt: newRun().startedAt + seconds.length * 1000 });
    expect(data?.run.statusReason).toBe(
      `The process that conducted the run (${child.pid} on ${newRun().owner.hostname}) is gone.`,
    );
    expect(data?.totals.select(null).started).toBe(seconds.length * 40);
    // The second time from the stored totals.
    expect((await store.readRun(id))?.totals.toData()).toEqual(data?.totals.toData());
    await store.close();
  });

  it('calls a run interrupted whose process has not been heard of, and running again when it is', async () => {
    let now = 1_800_000_000_000;
    const file = join(tempFolder(), 'runs.db');
    const conductor = SqliteStore.open(file, { now: () => now });
    const reader = SqliteStore.open(file, { now: () => now });
    const id = await conductor.createRun(newRun({ owner: { hostname: 'elsewhere', pid: 1 } }));
    await conductor.appendSecond(id, recordedSecond(0), []);
    now += HEARTBEAT_LIMIT_MS;
    expect((await reader.readRun(id))?.run.status).toBe('running');
    now += 1;
    const lost = await reader.readRun(id);
    expect(lost?.run).toMatchObject({ status: 'interrupted', endedAt: 1_800_000_001_000 });

    await conductor.appendSecond(id, recordedSecond(1), []);
    expect((await reader.readRun(id))?.run).toMatchObject({ status: 'running', statusReason: '', endedAt: null });
    now += HEARTBEAT_LIMIT_MS + 1;
    const again = await reader.readRun(id);
    expect(again?.run.status).toBe('interrupted');
    expect(again?.totals.select(null).started).toBe(80);
    await conductor.finishRun(id, RUN_END, []);
    expect((await reader.readRun(id))?.run).toMatchObject(RUN_END);
    await Promise.all([reader.close(), conductor.close()]);
  });

  it('knows that the runs that it writes are on, however long no second came and wherever the clock was set', async () => {
    let now = 1_800_000_000_000;
    const store = SqliteStore.open(join(tempFolder(), 'runs.db'), { now: () => now });
    const id = await store.createRun(newRun());
    for (const jumpMs of [40_000, 3_600_000, -7_200_000]) {
      now += jumpMs;
      expect((await store.listRuns())[0]?.status).toBe('running');
      await expect(store.deleteRun(id)).rejects.toThrow(`Run ${id} is still running; stop it before you delete it.`);
    }
    await store.finishRun(id, RUN_END, []);
    expect((await store.listRuns())[0]?.status).toBe(RUN_END.status);
    await store.close();
  });
});
