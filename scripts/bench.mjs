// npm run bench: how fast one shard is beside wrk and autocannon, and what an idle node costs. BENCH_ROUNDS and BENCH_SECONDS shorten it.
import { buildIfStale } from './build-if-stale.mjs';
import { BENCH_PROGRAMS, ensureSystemPackages } from './system-packages.mjs';
import { ensureInstalled, run } from './toolchain.mjs';

ensureInstalled();
ensureSystemPackages(BENCH_PROGRAMS);
await buildIfStale();
process.exit(await run('node', ['test/support/run-ts.mjs', 'test/bench/bench.ts']));
