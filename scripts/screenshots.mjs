// npm run screenshots [-- views|live]: takes pictures of every view, light and dark, into docs/images; the README shows some of them.
import { buildIfStale } from './build-if-stale.mjs';
import { ensureSystemPackages, TEST_PROGRAMS } from './system-packages.mjs';
import { ensureInstalled, run } from './toolchain.mjs';

ensureInstalled();
ensureSystemPackages(TEST_PROGRAMS);
await buildIfStale();
process.exit(await run('node', ['test/support/run-ts.mjs', 'test/screenshots/screenshots.ts', ...process.argv.slice(2)]));
