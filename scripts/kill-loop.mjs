// npm run kill-loop: kills shards, store and main process at random moments (Linux). Arguments after --: [--times N] [--seed N] [--lanes N] [--hosts run,serve,desktop].
import { buildIfStale } from './build-if-stale.mjs';
import { ensureInstalled, run } from './toolchain.mjs';

ensureInstalled();
await buildIfStale();
process.exit(await run('node', ['test/support/run-ts.mjs', 'test/kill-loop/kill-loop.ts', ...process.argv.slice(2)]));
