// What every npm script begins with. Runs on any Node from 20 on, with nothing installed: it installs what is missing and finds the
// project's own Node 24 (the npm package `node`), because better-sqlite3 13 and undici 8 do not run on older ones.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');
const windows = process.platform === 'win32';

/** The environment in which node_modules/.bin, and with it Node 24, comes first on the PATH. */
export const environment = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` };

/** Ends the process with one sentence. */
export function fail(sentence) {
  console.error(`nodeswarm: ${sentence}`);
  process.exit(3);
}

/** Installs the packages of the lock file unless that has been done since it last changed. */
export function ensureInstalled() {
  const lock = join(root, 'package-lock.json');
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (
    existsSync(installed) &&
    statSync(installed).mtimeMs >= statSync(lock).mtimeMs &&
    existsSync(join(root, 'node_modules', 'node'))
  )
    return;
  console.error('Installing packages (once; this may take some minutes)…');
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: windows,
  });
  if (npm.status !== 0)
    fail('npm ci failed (see above). Check the network and the registry that npm is configured for, then try again.');
}

/** Runs a command of the project in its own Node 24 and resolves to its exit code. Ctrl-C reaches the command, not this script. */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: 'inherit',
      env: environment,
      shell: windows && command !== 'node',
      ...options,
    });
    const ignore = () => {};
    const forward = () => child.kill('SIGTERM');
    process.on('SIGINT', ignore);
    process.on('SIGTERM', forward);
    child.on('error', (error) => fail(`${command} could not be started: ${error.message}`));
    child.on('exit', (code, signal) => {
      process.off('SIGINT', ignore);
      process.off('SIGTERM', forward);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}
