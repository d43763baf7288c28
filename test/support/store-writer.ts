import { SqliteStore } from '../../src/main/store/sqlite-store';
import { newRun, recordedSecond } from './recorded-run';

/**
 * A process that conducts runs: `store-writer FILE SECONDS` creates a run, stores that many seconds (0: until killed), and prints the
 * run's id and then the number of each second once it has been stored.
 */
const [file = '', seconds = '0'] = process.argv.slice(2);
const store = SqliteStore.open(file);
const runId = await store.createRun(newRun());
process.stdout.write(`${runId}\n`);
for (let second = 0; Number(seconds) === 0 || second < Number(seconds); second++) {
  await store.appendSecond(runId, recordedSecond(second), []);
  process.stdout.write(`${second}\n`);
}
await store.close();
