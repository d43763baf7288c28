import { NodeProcessHost } from '../../src/main/process/node-host';
import { StoreClient } from '../../src/main/store/store-client';
import { newRun, recordedSecond } from './recorded-run';

/** A parent that sends 5 small seconds of a run to its store and is killed before the answers: `store-parent ENTRY FILE`. */
const [entry = '', file = ''] = process.argv.slice(2);
const client = new StoreClient(new NodeProcessHost({ shard: entry, store: entry }), file);
const runId = await client.createRun(newRun());
// Small enough for the channel to take them at once.
for (let second = 0; second < 5; second++) {
  void client.appendSecond(runId, recordedSecond(second, { seriesCount: 1, requestsPerSeries: 1 }), []);
}
process.kill(process.pid, 'SIGKILL');
