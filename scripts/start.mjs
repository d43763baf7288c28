// npm start: until the desktop app is there, the tutorial scenario against the demo backend for 30 s, with the live table.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildIfStale } from './build-if-stale.mjs';
import { ensureInstalled, environment, fail, root, run } from './toolchain.mjs';

ensureInstalled();
await buildIfStale();
const cli = join(root, 'out', 'main', 'cli.js');
// In a process group of its own, so that Ctrl-C ends the run first and the backend after it.
const backend = spawn('node', [cli, 'demo-backend', '--port', '0'], {
  env: environment,
  stdio: ['ignore', 'pipe', 'inherit'],
  detached: true,
});
backend.on('error', (error) => fail(`the demo backend could not be started: ${error.message}`));
const url = await new Promise((resolve) => {
  createInterface(backend.stdout).on('line', (line) => {
    const found = /http:\/\/[\w.:]+/.exec(line);
    if (found) resolve(found[0]);
  });
  backend.on('exit', (code) => fail(`the demo backend ended with ${code} before it was ready.`));
});
backend.removeAllListeners('exit');
try {
  process.exitCode = await run('node', [cli, 'run', 'iot-backend', '-H', url, '-t', '30s']);
} finally {
  backend.kill();
}
