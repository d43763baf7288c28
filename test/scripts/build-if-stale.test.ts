import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { tempFolder } from '../support/temp-folder';

const root = join(import.meta.dirname, '../..');

/** What the script takes the files of this folder for. */
function fingerprintOf(folder: string): string {
  const script = `import { fingerprint } from './scripts/build-if-stale.mjs'; console.log(fingerprint(process.env.FOLDER));`;
  const options = { cwd: root, env: { ...process.env, FOLDER: folder }, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync('node', ['--input-type=module', '-e', script], options);
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

it('a build is stale once anything has changed that it is made of, the compiler settings among them, and nothing else', () => {
  const settings = readdirSync(root).filter((name) => name.startsWith('tsconfig'));
  expect(settings.length).toBeGreaterThan(1);
  const made = [
    'src/main/index.ts',
    'resources/icon.svg',
    'electron.vite.config.ts',
    'package.json',
    'package-lock.json',
    ...settings,
  ];
  const others = ['README.md', 'biome.json', 'test/a.test.ts'];
  const folder = tempFolder();
  for (const file of [...made, ...others]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), '{}');
  }
  let last = fingerprintOf(folder);
  for (const file of made) {
    appendFileSync(join(folder, file), '\n');
    const next = fingerprintOf(folder);
    expect(next, file).not.toBe(last);
    last = next;
  }
  for (const file of others) appendFileSync(join(folder, file), '\n');
  expect(fingerprintOf(folder)).toBe(last);
});
