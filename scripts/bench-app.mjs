// npm run bench:app: how the app in a browser holds up (see test/bench/app-bench.ts). APP_BENCH_SECONDS lengthens the run.
import { buildIfStale } from './build-if-stale.mjs';
import { ensureSystemPackages, TEST_PROGRAMS } from './system-packages.mjs';
import { ensureInstalled, run } from './toolchain.mjs';

ensureInstalled();
ensureSystemPackages(TEST_PROGRAMS);
await buildIfStale();
process.exit(await run('node', ['test/support/run-ts.mjs', 'test/bench/app-bench.ts']));
