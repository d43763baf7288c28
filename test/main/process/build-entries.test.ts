import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtEntries } from '../../../src/main/process/build-entries';

describe('builtEntries', () => {
  it('names the built programs of this package', () => {
    const root = join(import.meta.dirname, '..', '..', '..');
    expect(existsSync(join(root, 'package.json'))).toBe(true);
    expect(builtEntries()).toEqual({
      shard: join(root, 'out', 'main', 'shard.js'),
      store: join(root, 'out', 'main', 'store.js'),
      export: join(root, 'out', 'main', 'export.js'),
      demo: join(root, 'out', 'main', 'demo.js'),
    });
  });
});
