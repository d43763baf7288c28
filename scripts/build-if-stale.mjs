// Builds out/ when the sources are newer than the last build, or when there is none.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, root, run } from './toolchain.mjs';

const OUT = join(root, 'out');
const STAMP = join(OUT, '.stamp');
const INPUTS = ['src', 'resources', 'electron.vite.config.ts', 'package.json', 'package-lock.json'];
/** The bundler goes by them, whichever there are. */
const COMPILER_SETTINGS = /^tsconfig(\..+)?\.json$/;

/** Names, sizes and times of all in the folder that a build is made of. */
export function fingerprint(folder = root) {
  const hash = createHash('sha256');
  const visit = (path) => {
    const stat = statSync(join(folder, path));
    if (stat.isDirectory()) for (const name of readdirSync(join(folder, path)).sort()) visit(join(path, name));
    else hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
  };
  const settings = readdirSync(folder).filter((name) => COMPILER_SETTINGS.test(name));
  for (const input of [...INPUTS, ...settings.sort()]) if (existsSync(join(folder, input))) visit(input);
  return hash.digest('hex');
}

/** Builds unless the last build was made of exactly these sources. */
export async function buildIfStale() {
  const wanted = fingerprint();
  if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== wanted) await build(wanted);
}

/** Builds in a folder of its own and then puts that in place, so that out/ is whole at any time. Output is shown when it fails. */
export async function build(wanted = fingerprint()) {
  console.error('Building…');
  const fresh = join(root, `out.new-${process.pid}`);
  const old = join(root, `out.old-${process.pid}`);
  try {
    const code = await run('electron-vite', ['build', '--logLevel', 'warn', '--outDir', fresh], { stdio: ['ignore', 2, 2] });
    if (code === 0) {
      writeFileSync(join(fresh, '.stamp'), wanted);
      if (existsSync(OUT)) renameSync(OUT, old);
      renameSync(fresh, OUT);
      return;
    }
  } finally {
    for (const folder of [fresh, old]) rmSync(folder, { recursive: true, force: true });
  }
  // Not before the folders are gone: it ends the process.
  fail('the build failed (see above).');
}
