import type { RunStore } from './run-store';
import { SqliteStore } from './sqlite-store';

/** Opens a history that is there as of this moment, in this process and only to read it, and closes it when `use` is done. Throws `StoreError`. */
export async function withSnapshot<T>(databaseFile: string, use: (store: RunStore) => Promise<T>): Promise<T> {
  const store = SqliteStore.openSnapshot(databaseFile);
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}
