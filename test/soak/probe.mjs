// Loaded into every process of the app under soak (NODE_OPTIONS=--import=…/probe.mjs?seconds=N&folder=PATH): now and then collects garbage and
// appends a line to PID.jsonl in that folder: what the heap holds then, what of it is compiled code, what keeps the process busy by kind, and how many warnings
// Node has given (MaxListenersExceededWarning is one).
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const settings = new URL(import.meta.url).searchParams;
const file = join(settings.get('folder'), `${process.pid}.jsonl`);
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');
/** Machine code and bytecode. */
const CODE_SPACES = ['code_space', 'code_large_object_space', 'trusted_space', 'trusted_large_object_space'];
const warnings = {};
process.on('warning', ({ name }) => {
  warnings[name] = (warnings[name] ?? 0) + 1;
});

function probe() {
  // What only a finaliser lets go of, buffers for one, is gone after the second.
  collectGarbage();
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  const codeBytes = getHeapSpaceStatistics()
    .filter(({ space_name }) => CODE_SPACES.includes(space_name))
    .reduce((sum, { space_used_size }) => sum + space_used_size, 0);
  const resources = {};
  for (const kind of process.getActiveResourcesInfo()) resources[kind] = (resources[kind] ?? 0) + 1;
  appendFileSync(file, `${JSON.stringify({ at: Date.now(), heapBytes: heapUsed + external, codeBytes, resources, warnings })}\n`);
}

setInterval(probe, Number(settings.get('seconds')) * 1000).unref();
