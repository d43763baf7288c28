// node scripts/run.mjs COMMAND ARGS: runs a command of node_modules/.bin with everything installed and under Node 24.
import { ensureInstalled, run } from './toolchain.mjs';

ensureInstalled();
const [command, ...args] = process.argv.slice(2);
process.exit(await run(command, args));
