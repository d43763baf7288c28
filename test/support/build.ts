import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Runs once before all tests: those that spawn the command line, shards or the store use the real build. */
export default function buildOnce(): void {
  const root = join(import.meta.dirname, '../..');
  const script = `import { buildIfStale } from './scripts/build-if-stale.mjs'; await buildIfStale();`;
  const build = spawnSync('node', ['--input-type=module', '-e', script], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (build.status !== 0) throw new Error('the build failed: see above');
}
