// Builds out/ when the sources are newer than the last build, or when there is none.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, root, run } from './toolchain.mjs';

const STAMP = join(root, 'out', '.stamp');
const INPUTS = ['src', 'resources', 'electron.vite.config.ts', 'package.json', 'package-lock.json'];

/** Names, sizes and times of all that a build is made of. */
function fingerprint() {
  const hash = createHash('sha256');
  const visit = (path) => {
    const stat = statSync(join(root, path));
    if (stat.isDirectory()) for (const name of readdirSync(join(root, path)).sort()) visit(join(path, name));
    else hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
  };
  for (const input of INPUTS) if (existsSync(join(root, input))) visit(input);
  return hash.digest('hex');
}

/** Builds unless the last build was made of exactly these sources. Its output is shown only when it fails. */
export async function buildIfStale() {
  const wanted = fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  console.error('Building…');
  const code = await run('electron-vite', ['build', '--logLevel', 'warn'], { stdio: ['ignore', 2, 2] });
  if (code !== 0) fail('the build failed (see above).');
  writeFileSync(STAMP, wanted);
}
