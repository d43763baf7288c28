import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { withSnapshot } from '../../../src/main/store/snapshot';
import { SqliteStore } from '../../../src/main/store/sqlite-store';
import { newRun, RUN_END, recordedSecond } from '../../support/recorded-run';
import { fixtureFile } from '../../support/store-fixture';
import { tempFolder } from '../../support/temp-folder';

describe('a snapshot of a history', () => {
  it('reads all of one moment, whatever is stored meanwhile', async () => {
    const file = join(tempFolder(), 'runs.db');
    const store = SqliteStore.open(file);
    const id = await store.createRun(newRun());
    for (let second = 0; second < 3; second++) await store.appendSecond(id, recordedSecond(second), []);
    await withSnapshot(file, async (snapshot) => {
      const before = await snapshot.readRun(id);
      await store.appendSecond(id, recordedSecond(3), []);
      await store.finishRun(id, RUN_END, []);
      expect((await snapshot.readRun(id))?.totals.toData()).toEqual(before?.totals.toData());
      expect(await snapshot.readSeconds(id)).toHaveLength(3);
      expect((await snapshot.listRuns()).map(({ status }) => status)).toEqual(['running']);
    });
    await withSnapshot(file, async (snapshot) => expect(await snapshot.readSeconds(id)).toHaveLength(4));
    await store.close();
  });

  it('changes nothing: it refuses to write, and keeps nothing that it worked out', async () => {
    const file = join(tempFolder(), 'runs.db');
    const store = SqliteStore.open(file);
    const [a, b] = [await store.createRun(newRun()), await store.createRun(newRun())];
    for (const id of [a, b])
      for (let second = 0; second < 130; second++) await store.appendSecond(id, recordedSecond(second), []);
    await store.finishRun(a, RUN_END, []);
    await store.finishRun(b, RUN_END, []);
    const compared = await store.compareRuns({ runId: a }, { runId: b });
    await store.close();
    const forget = new Sqlite(file);
    for (const table of ['run_totals', 'run_samples', 'run_minutes']) forget.exec(`DELETE FROM ${table}`);
    await withSnapshot(file, async (snapshot) => {
      expect(await snapshot.compareRuns({ runId: a }, { runId: b })).toEqual(compared);
      expect((await snapshot.readRun(a))?.totals.seconds()).toBe(130);
      await expect(snapshot.updateRun(a, { name: 'other' })).rejects.toThrow('cannot be written to');
    });
    for (const table of ['run_totals', 'run_samples', 'run_minutes']) {
      expect(forget.prepare(`SELECT count(*) FROM ${table}`).pluck().get(), table).toBe(0);
    }
    forget.close();
  });

  it('says in a sentence why there is none: no file, a layout of an earlier version, a lock', async () => {
    const missing = join(tempFolder(), 'runs.db');
    await expect(withSnapshot(missing, async () => {})).rejects.toThrow(`The history ${missing} cannot be opened`);
    expect(existsSync(missing)).toBe(false);

    const earlier = join(tempFolder(), 'runs.db');
    writeFileSync(earlier, gunzipSync(readFileSync(fixtureFile(1))));
    await expect(withSnapshot(earlier, async () => {})).rejects.toThrow('has the layout of an earlier Nodeswarm');

    const file = join(tempFolder(), 'runs.db');
    await SqliteStore.open(file).close();
    const other = new Sqlite(file);
    other.pragma('locking_mode = EXCLUSIVE');
    other.exec('CREATE TABLE held (x)');
    await expect(withSnapshot(file, async () => {})).rejects.toThrow(`The history ${file} is locked by another program`);
    other.close();
  });
});
