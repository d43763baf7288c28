import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { RunData } from '../../shared/stats/run';
import { defaultDatabaseFile } from '../store/locations';
import type { RunStore } from '../store/run-store';
import type { RunReference } from './arguments';
import type { CommandIo } from './command-io';
import { usageError } from './exit-code';

/** The database file that a command uses: the one named with `--db`, or the default one. */
export function databaseFile(db: string | undefined, io: CommandIo): string {
  if (db === '') throw usageError('--db needs a file name');
  return db === undefined ? defaultDatabaseFile(io.env) : resolve(io.folder, db);
}

/** Opens a history that is there already, in this process, and closes it when `use` is done. Throws a `CommandError` where there is none. */
export async function withHistory<T>(
  db: string | undefined,
  io: CommandIo,
  use: (store: RunStore, file: string) => Promise<T>,
): Promise<T> {
  const file = databaseFile(db, io);
  if (!existsSync(file)) {
    if (db !== undefined) throw usageError(`there is no database ${file}`);
    throw usageError(`there is no history yet (${file}); "nodeswarm run" creates it`);
  }
  const { SqliteStore } = await import('../store/sqlite-store');
  const store = await SqliteStore.open(file);
  try {
    return await use(store, file);
  } finally {
    await store.close();
  }
}

/** The id that a reference stands for. Throws a `CommandError` when the history has no run. */
async function resolveRun(store: RunStore, reference: RunReference, file: string): Promise<number> {
  if (reference !== 'last') return reference;
  const id = await store.lastRunId();
  if (id === null) throw usageError(`there is no run in ${file}`);
  return id;
}

/** Reads a run. Throws a `CommandError` when there is none of that id. */
export async function readRun(store: RunStore, reference: RunReference, file: string): Promise<RunData> {
  const id = await resolveRun(store, reference, file);
  const data = await store.readRun(id);
  if (!data) throw noSuchRun(id, file);
  return data;
}

function noSuchRun(id: number, file: string): Error {
  return usageError(`there is no run ${id} in ${file}; "nodeswarm history" lists the runs`);
}
