// npm run truth: holds the tool against known answers. Arguments after --: [--json FILE] [--list] [--patience SECONDS] [CASE …] (docs/truth.md).
import { buildIfStale } from './build-if-stale.mjs';
import { ensureInstalled, run } from './toolchain.mjs';

ensureInstalled();
await buildIfStale();
process.exit(await run('node', ['test/support/run-ts.mjs', 'test/truth/truth.ts', ...process.argv.slice(2)]));
