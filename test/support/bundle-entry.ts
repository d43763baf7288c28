import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '..', '..');

/** A program in TypeScript, bundled so that a plain Node process can run it. */
export interface BundledEntry {
  /** Absolute path of the JavaScript file. */
  file: string;
  remove(): void;
}

/**
 * Bundles a source file (path from the repository's root) for a child process of a test. Packages stay outside; the bundle
 * lies below node_modules, so that they are found.
 */
export async function bundleEntry(source: string): Promise<BundledEntry> {
  const cache = join(root, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'nodeswarm-test-'));
  const name = `${basename(source, '.ts')}.mjs`;
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(root, source),
      outDir: folder,
      emptyOutDir: false,
      copyPublicDir: false,
      rollupOptions: { output: { entryFileNames: name } },
    },
  });
  return { file: join(folder, name), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
