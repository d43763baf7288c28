import { SqliteStore } from '../../src/main/store/sqlite-store';
import { storeRuns } from '../main/cli/support/stored-runs';
import type { RunDataOptions } from '../support/run-data';
import type { AppServer } from './app-server';

/**
 * Puts made-up runs into the history of an app, of 300 s unless told, a day apart, the first with number 1. They are the same each time.
 * The app sees them when it reads the history the next time.
 */
export async function storeHistory(
  app: Pick<AppServer, 'databaseFile'>,
  runs: (Partial<RunDataOptions> & { name: string })[],
): Promise<void> {
  const options = runs.map(({ name, run, durationSeconds = 300, ...rest }, index) => {
    const startedAt = Date.UTC(2026, 2, 1 + index, 9, 26, 53);
    return {
      seed: index + 1,
      durationSeconds,
      requestsPerNode: 0.4,
      sway: 0.05,
      ...rest,
      run: { name, startedAt, endedAt: startedAt + durationSeconds * 1000, ...run },
    };
  });
  await storeRuns(app.databaseFile, options);
  const store = SqliteStore.open(app.databaseFile);
  for (const [index, { run }] of runs.entries()) {
    await store.updateRun(index + 1, { note: run?.note ?? '', baseline: run?.baseline ?? false });
  }
  await store.close();
}
