import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtEntries } from '../../../src/main/process/build-entries';

/** What a built file is made of, the chunks that it imports included: source files, and packages that stay outside. */
function contentsOf(entry: string): { sources: Set<string>; packages: Set<string> } {
  const sources = new Set<string>();
  const packages = new Set<string>();
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    const map = JSON.parse(readFileSync(`${file}.map`, 'utf8')) as { sources: string[] };
    for (const source of map.sources) sources.add(resolve(dirname(file), source));
    const code = readFileSync(file, 'utf8');
    for (const [, specifier = ''] of code.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*["']([^"'\n]+)["']/g)) {
      const chunk = resolve(dirname(file), specifier);
      // A report carries the text of a program, with imports of its own that name no file of the build.
      if (specifier.startsWith('.') && existsSync(chunk)) visit(chunk);
      else packages.add(specifier);
    }
  };
  visit(entry);
  return { sources, packages };
}

const sourceFolder = join(import.meta.dirname, '../../../src/main');

describe('the bundles of child processes', () => {
  it.each(Object.entries(builtEntries()))('%s: nothing of the desktop app, and no Electron', (name, file) => {
    const { sources, packages } = contentsOf(file);
    // Holds the reading of the map itself: the entry is in its own bundle.
    expect([...sources].some((source) => source.startsWith(join(sourceFolder)) && source.endsWith(`${name}-entry.ts`))).toBe(
      true,
    );
    const foreign = [...sources].filter(
      (source) => source === join(sourceFolder, 'index.ts') || source.startsWith(join(sourceFolder, 'desktop')),
    );
    expect(foreign).toEqual([]);
    expect([...packages].filter((specifier) => /^electron($|\/)/.test(specifier))).toEqual([]);
  });

  it('the desktop app: its own modules, and Electron from outside', () => {
    const { sources, packages } = contentsOf(join(dirname(builtEntries().shard), 'index.js'));
    expect([...sources]).toContain(join(sourceFolder, 'desktop', 'quitting.ts'));
    expect([...packages]).toContain('electron');
  });
});
