// npm run -s nodeswarm -- ARGS: the command line, built when its sources have changed.
import { join } from 'node:path';
import { buildIfStale } from './build-if-stale.mjs';
import { ensureInstalled, root, run } from './toolchain.mjs';

ensureInstalled();
await buildIfStale();
const cli = join(root, 'out', 'main', 'cli.js');
// npm runs scripts in the project's folder; file names in ARGS are meant from where the user is.
process.exit(await run('node', [cli, ...process.argv.slice(2)], { cwd: process.env.INIT_CWD ?? process.cwd() }));
