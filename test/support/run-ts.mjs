// node test/support/run-ts.mjs FILE ARGS: runs a TypeScript file of this repository (benches, fixture makers).
import { resolve } from 'node:path';
import { runnerImport } from 'vite';

const [file = '', ...args] = process.argv.slice(2);
process.argv = [process.argv[0], file, ...args];
await runnerImport(resolve(file), { configFile: false, logLevel: 'warn' });
