import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { LATEST_VERSION, migrate, versionOf } from '../../../src/main/store/migrations';
import { SqliteStore } from '../../../src/main/store/sqlite-store';
import { heatColumn } from '../../../src/shared/stats/heat-column';
import { heatColumns } from '../../support/heat-columns';
import { newRun, RUN_END, recordedSecond } from '../../support/recorded-run';
import { FIXTURE_EVENTS, fixtureFile, fixtureSeconds } from '../../support/store-fixture';
import { tempFolder } from '../../support/temp-folder';

/** Every layout that was ever released; each has its fixture. */
const VERSIONS = Array.from({ length: LATEST_VERSION }, (_, index) => index + 1);

function fixtureCopy(version: number): string {
  const file = join(tempFolder(), 'runs.db');
  writeFileSync(file, gunzipSync(readFileSync(fixtureFile(version))));
  return file;
}

function schemaOf(file: string): unknown {
  const db = new Sqlite(file, { readonly: true });
  try {
    const rows = db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name').all() as {
      sql: string | null;
    }[];
    return rows.map((row) => ({ ...row, sql: row.sql?.replace(/\s+/g, ' ') }));
  } finally {
    db.close();
  }
}

describe.each(VERSIONS)('a history of layout %i', (version) => {
  it('is brought up to date with all that it holds', async () => {
    const file = fixtureCopy(version);
    const before = new Sqlite(file, { readonly: true });
    expect(versionOf(before)).toBe(version);
    before.close();

    // Layouts 1 and 2 are older than the list's counts of the whole run, which are written with each second: theirs leave the ramp out.
    const requests = version < 3 ? 80 : 120;
    const store = SqliteStore.open(file);
    expect(await store.listRuns()).toMatchObject([
      {
        id: 2,
        status: 'interrupted',
        note: '',
        baseline: false,
        durationSeconds: 3,
        requests,
        failures: 4,
        invalidSeconds: 1,
      },
      {
        id: 1,
        status: 'finished',
        note: 'kept',
        baseline: true,
        durationSeconds: 3,
        requests,
        failures: 4,
        invalidSeconds: 1,
      },
    ]);
    for (const id of [1, 2]) {
      expect(await store.readSeconds(id)).toEqual(fixtureSeconds());
      const data = await store.readRun(id);
      expect(data?.run.scenario).toEqual(newRun().scenario);
      expect(data?.events).toEqual(FIXTURE_EVENTS);
      expect(data?.totals.select(null).started).toBe(120);
      expect(data?.failures.map(({ samples }) => samples.length)).toEqual([2, 2]);
      expect(data?.exceptions).toMatchObject([{ message: 'no token', count: 2 }]);
      expect([...(await store.readChart(id, 0)).requests]).toEqual([20, 20, 20]);
      const heat = fixtureSeconds().map((second) => heatColumn(second.series.map(({ latency }) => latency)));
      expect(heatColumns(await store.readHeat(id, null))).toEqual(heat);
    }
    const id = await store.createRun(newRun());
    await store.appendSecond(id, recordedSecond(0), []);
    await store.finishRun(id, RUN_END, []);
    expect(await store.deleteRun(1)).toBe(true);
    await store.close();

    const after = new Sqlite(file, { readonly: true });
    expect(versionOf(after)).toBe(LATEST_VERSION);
    expect(after.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(after.pragma('foreign_key_check')).toEqual([]);
    after.close();
  });

  it('ends up with the layout of a new one', async () => {
    const file = fixtureCopy(version);
    const fresh = join(tempFolder(), 'fresh.db');
    await SqliteStore.open(file).close();
    await SqliteStore.open(fresh).close();
    expect(schemaOf(file)).toEqual(schemaOf(fresh));
  });
});

describe('migrate', () => {
  it('does nothing the second time', () => {
    const db = new Sqlite(':memory:');
    migrate(db);
    const changes = db.pragma('schema_version', { simple: true });
    migrate(db);
    expect(db.pragma('schema_version', { simple: true })).toBe(changes);
    expect(versionOf(db)).toBe(LATEST_VERSION);
  });
});
