import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { LATEST_VERSION } from '../../src/main/store/migrations';
import { SqliteStore } from '../../src/main/store/sqlite-store';
import { FIXTURE_NOW, fixtureFile, writeFixture } from './store-fixture';

/*
 * Writes the fixture of the newest layout: `node test/support/run-ts.mjs test/support/make-store-fixture.ts`. To be run once, before
 * a version is released; a fixture that is there is never written again, because it stands for files that users have.
 */
const target = fixtureFile(LATEST_VERSION);
if (existsSync(target)) throw new Error(`${target} is there already; a released layout does not change.`);
const folder = mkdtempSync(join(tmpdir(), 'nodeswarm-fixture-'));
try {
  const file = join(folder, 'fixture.db');
  const store = SqliteStore.open(file, { now: () => FIXTURE_NOW });
  await writeFixture(store);
  await store.close();
  writeFileSync(target, gzipSync(readFileSync(file), { level: 9 }));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
