// npm run bench: Nodeswarm beside its peers. Arguments after --: sections (throughput https scaling density fleet growth endurance store), all unless
// told. BENCH_ROUNDS, BENCH_SECONDS and more shorten or lengthen it (test/bench/bench.ts).
import { buildIfStale } from './build-if-stale.mjs';
import { ensureSystemPackages, PEER_PROGRAMS, TEST_PROGRAMS, tryInstalling } from './system-packages.mjs';
import { ensureInstalled, run } from './toolchain.mjs';

ensureInstalled();
ensureSystemPackages(TEST_PROGRAMS);
tryInstalling(PEER_PROGRAMS);
await buildIfStale();
process.exit(await run('node', ['test/support/run-ts.mjs', 'test/bench/bench.ts', ...process.argv.slice(2)]));
