// Whether the desktop window can be opened here, and if not, why not.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environment, root } from './toolchain.mjs';

const PACKAGE = join(root, 'node_modules', 'electron');
const DOWNLOAD_TIMEOUT_MS = 180_000;

/** Electron's program, or null when it has not been downloaded. */
export function electronProgram() {
  const pathFile = join(PACKAGE, 'path.txt');
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!existsSync(pathFile)) return override ? existing(join(override, 'electron')) : null;
  return existing(join(override ?? join(PACKAGE, 'dist'), readFileSync(pathFile, 'utf8')));
}

function existing(path) {
  return existsSync(path) ? path : null;
}

/** Downloads Electron's program, which is in no package of the npm registry. Returns its path, or null when it cannot be had. */
export function downloadElectron() {
  console.error('Downloading Electron (once)…');
  spawnSync('node', [join(PACKAGE, 'install.js')], {
    cwd: root,
    env: environment,
    stdio: 'ignore',
    timeout: DOWNLOAD_TIMEOUT_MS,
  });
  return electronProgram();
}

/** Why no window can be opened on this machine; null when one can. */
export function missingDisplay() {
  const headless = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
  return headless ? 'there is no display' : null;
}
