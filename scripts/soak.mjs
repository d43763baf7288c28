// npm run soak: hours of load and faults on the whole app (docs/soak.md). Arguments after --: [MINUTES] [--nodes N] [--pacing SECONDS] [--seed TEXT]
// [--json FILE] [--csv FILE] [--keep]; SOAK_MINUTES does as MINUTES.
import { buildIfStale } from './build-if-stale.mjs';
import { ensureInstalled, run } from './toolchain.mjs';

ensureInstalled();
await buildIfStale();
process.exit(await run('node', ['test/support/run-ts.mjs', 'test/soak/soak.ts', ...process.argv.slice(2)]));
