// npm run screenshots [-- views|live]: takes the pictures of every view that the README shows, into docs/images.
import { buildIfStale } from './build-if-stale.mjs';
import { ensureSystemPackages, TEST_PROGRAMS } from './system-packages.mjs';
import { ensureInstalled, run } from './toolchain.mjs';

ensureInstalled();
ensureSystemPackages(TEST_PROGRAMS);
await buildIfStale();
process.exit(await run('node', ['test/support/run-ts.mjs', 'test/screenshots/screenshots.ts', ...process.argv.slice(2)]));
