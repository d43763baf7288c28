// Loaded into every process of an app under soak (`SoakSetting.alsoLoads`): host and shards leave a descriptor and a dozen listeners behind now and
// then, so that a test sees whether the soak does. More seldom than what is idle is looked at before the run.
import { EventEmitter } from 'node:events';
import { openSync } from 'node:fs';

const EVERY_MS = 8_000;
const emitter = new EventEmitter();

function leak() {
  openSync('/dev/null', 'r');
  for (let listener = 0; listener < 12; listener++) emitter.on('never', () => {});
}

if (!process.env.NODESWARM_PROCESS_NAME?.includes('history')) setInterval(leak, EVERY_MS).unref();
