import { existsSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { SqliteStore } from '../../src/main/store/sqlite-store';
import type { RunRecord } from '../../src/shared/stats/run';

/** What a reader outside of Nodeswarm saw committed. */
export interface Committed {
  runId: number;
  /** -1: none yet. */
  lastSecond: number;
  status: string;
}

/** A run as it is stored, whole. */
export interface StoredRun {
  run: RunRecord;
  seconds: number;
  started: number;
}

/** The newest run as any other program would see it now; null where there is none yet. */
export function committedNow(file: string): Committed | null {
  if (!existsSync(file)) return null;
  let db: Sqlite.Database | undefined;
  try {
    db = new Sqlite(file, { readonly: true, timeout: 1000 });
    const newest = db.prepare(
      'SELECT id AS runId, ifnull(last_second, -1) AS lastSecond, status FROM runs ORDER BY id DESC LIMIT 1',
    );
    return (newest.get() as Committed | undefined) ?? null;
  } catch {
    // Being made at this moment.
    return null;
  } finally {
    db?.close();
  }
}

/** Opens a history as the next start does, and reads its newest run. Throws where anything in it is not whole. */
export async function readNewest(file: string, known: Map<number, string>): Promise<StoredRun | null> {
  if (!existsSync(file)) return null;
  const store = SqliteStore.open(file);
  try {
    for (const { id, ...rest } of await store.listRuns()) {
      const line = JSON.stringify(rest);
      const before = known.get(id);
      if (before !== undefined && before !== line) throw new Error(`run ${id} was ${before} and is ${line}`);
      if (rest.status !== 'running') known.set(id, line);
      else throw new Error(`run ${id} still reads running`);
    }
    const id = await store.lastRunId();
    const data = id === null ? null : await store.readRun(id);
    if (!data) return null;
    const seconds = await store.readSeconds(data.run.id);
    seconds.forEach(({ second }, index) => {
      if (second !== index) throw new Error(`second ${index} of run ${data.run.id} is missing`);
    });
    let started = 0;
    for (const { series } of seconds) for (const delta of series) started += delta.started;
    const totals = data.totals.select(null).started;
    if (totals !== started) throw new Error(`run ${data.run.id} has ${started} requests in its seconds, ${totals} in its totals`);
    return { run: data.run, seconds: seconds.length, started };
  } finally {
    await store.close();
    requireIntegrity(file);
  }
}

function requireIntegrity(file: string): void {
  const db = new Sqlite(file);
  const check = db.pragma('integrity_check', { simple: true });
  const orphans = db.pragma('foreign_key_check') as unknown[];
  db.close();
  if (check !== 'ok' || orphans.length > 0) throw new Error(`the database is damaged: ${check}, ${orphans.length} orphans`);
}
