import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { SqliteStore } from '../../../src/main/store/sqlite-store';
import { type ComparedRun, compareRuns } from '../../../src/shared/stats/comparison';
import type { RunSecond } from '../../../src/shared/stats/frame';
import { RUN_END } from '../../support/recorded-run';
import { makeRun } from '../../support/run-data';
import { tempFolder } from '../../support/temp-folder';

const A = { runId: 1 };
const B = { runId: 2 };

/** Two runs, each of 120 s, ended unless told. */
async function twoRuns(file: string, isEnded = true): Promise<{ store: SqliteStore; seconds: RunSecond[][] }> {
  const store = SqliteStore.open(file);
  const written: RunSecond[][] = [];
  for (const seed of [1, 2]) {
    const { data, seconds } = makeRun({ seed, durationSeconds: 120, spawnRate: 50 });
    const id = await store.createRun({ ...data.run, owner: { hostname: 'elsewhere', pid: 1 } });
    for (const second of seconds) await store.appendSecond(id, second, []);
    if (isEnded) await store.finishRun(id, RUN_END, []);
    written.push(seconds);
  }
  return { store, seconds: written };
}

async function wholeRun(store: SqliteStore, runId: number): Promise<ComparedRun> {
  const data = await store.readRun(runId);
  if (!data) throw new Error('the run is not there');
  return { run: data.run, series: data.series, seconds: await store.readSeconds(runId) };
}

function change(file: string, sql: string): void {
  const db = new Sqlite(file);
  db.exec(sql);
  db.close();
}

function countSamples(file: string): number {
  const db = new Sqlite(file, { readonly: true });
  const count = db.prepare('SELECT count(*) FROM run_samples').pluck().get() as number;
  db.close();
  return count;
}

describe('a comparison of whole runs', () => {
  it('reads no histogram, and is what their seconds come to, whichever is held against which', async () => {
    const file = join(tempFolder(), 'runs.db');
    const { store } = await twoRuns(file);
    const [a, b] = [await wholeRun(store, 1), await wholeRun(store, 2)];
    change(file, 'DELETE FROM second_histograms');
    expect(await store.compareRuns(A, B)).toEqual(compareRuns(a, b));
    expect(await store.compareRuns(B, A)).toEqual(compareRuns(b, a));
    expect(compareRuns(a, b).rows.some(({ measures }) => measures.some(({ change }) => change !== null))).toBe(true);
    await store.close();
  });

  it('takes in a second that came after the end', async () => {
    const file = join(tempFolder(), 'runs.db');
    const { store, seconds } = await twoRuns(file);
    const late = seconds[0]?.at(-10) as RunSecond;
    await store.appendSecond(1, { ...late, second: (seconds[0]?.at(-1)?.second ?? 0) + 1 }, []);
    expect(countSamples(file)).toBe(1);
    const expected = compareRuns(await wholeRun(store, 1), await wholeRun(store, 2));
    expect(await store.compareRuns(A, B)).toEqual(expected);
    expect(countSamples(file)).toBe(2);
    await store.close();
  });

  it('is drawn when it is asked for of runs that never ended, or that an earlier version stored, and kept then', async () => {
    const file = join(tempFolder(), 'runs.db');
    const { store } = await twoRuns(file, false);
    await store.close();
    // Long ago, so that nobody is taken to be writing them.
    change(
      file,
      'UPDATE runs SET heartbeat_at = 1; INSERT INTO run_samples VALUES (1, 0, "of another format")'.replaceAll('"', "'"),
    );
    const reopened = SqliteStore.open(file);
    expect((await reopened.listRuns()).map(({ status }) => status)).toEqual(['interrupted', 'interrupted']);
    const expected = compareRuns(await wholeRun(reopened, 1), await wholeRun(reopened, 2));
    expect(await reopened.compareRuns(A, B)).toEqual(expected);
    expect(countSamples(file)).toBe(2);
    change(file, 'DELETE FROM second_histograms');
    expect(await reopened.compareRuns(A, B)).toEqual(expected);
    await reopened.close();
  });

  it('goes with its run', async () => {
    const file = join(tempFolder(), 'runs.db');
    const { store } = await twoRuns(file);
    await store.deleteRun(1);
    expect(countSamples(file)).toBe(1);
    await store.close();
  });
});
