import { SqliteStore } from '../../../../src/main/store/sqlite-store';
import { makeRun, type RunDataOptions } from '../../../support/run-data';

/** Makes a database with these runs, of which all but those of status `running` have ended. */
export async function storeRuns(file: string, runs: Partial<RunDataOptions>[]): Promise<void> {
  const store = SqliteStore.open(file);
  for (const options of runs) {
    const { data, seconds } = makeRun(options);
    const { run } = data;
    const id = await store.createRun({ ...run, owner: { hostname: run.machine.hostname, pid: process.pid } });
    for (const second of seconds) await store.appendSecond(id, second, []);
    const { status, statusReason, degraded, endedAt } = run;
    if (status !== 'running') {
      await store.finishRun(id, { status, statusReason, degraded, endedAt: endedAt ?? run.startedAt }, data.events);
    }
  }
  await store.close();
}
