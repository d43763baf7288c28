// Loaded into every process of the app under soak (NODE_OPTIONS=--import): now and then collects garbage and appends a line to PID.jsonl in
// NODESWARM_SOAK_FOLDER: what the heap holds then, what keeps the process busy by kind, and how many warnings Node has given
// (MaxListenersExceededWarning is one).
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const file = join(process.env.NODESWARM_SOAK_FOLDER, `${process.pid}.jsonl`);
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');
const warnings = {};
process.on('warning', ({ name }) => {
  warnings[name] = (warnings[name] ?? 0) + 1;
});

function probe() {
  // What only a finaliser lets go of, buffers for one, is gone after the second.
  collectGarbage();
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  const resources = {};
  for (const kind of process.getActiveResourcesInfo()) resources[kind] = (resources[kind] ?? 0) + 1;
  appendFileSync(file, `${JSON.stringify({ at: Date.now(), heapBytes: heapUsed + external, resources, warnings })}\n`);
}

setInterval(probe, Number(process.env.NODESWARM_SOAK_PROBE_SECONDS) * 1000).unref();
