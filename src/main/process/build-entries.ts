import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ChildEntry } from './process-host';

/**
 * The built files of the child programs. The same from a bundle in out/main, from a chunk below it, from a packaged app and
 * from the sources (tests): out/main of the package that this file is part of.
 */
export function builtEntries(): Record<ChildEntry, string> {
  const folder = join(packageFolder(import.meta.dirname), 'out', 'main');
  const entry = (name: ChildEntry) => join(folder, `${name}.js`);
  return { shard: entry('shard'), store: entry('store'), export: entry('export'), demo: entry('demo') };
}

function packageFolder(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const parent = dirname(from);
  if (parent === from)
    throw new Error(`No package.json above ${import.meta.dirname}: the program's files are not where they belong.`);
  return packageFolder(parent);
}
