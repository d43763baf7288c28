// npm test: everything, on a fresh clone too. Each part runs even when one before it failed; the exit code says whether all passed.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfStale } from './build-if-stale.mjs';
import { ensureSystemPackages, TEST_PROGRAMS } from './system-packages.mjs';
import { ensureInstalled, root, run } from './toolchain.mjs';

ensureInstalled();
ensureSystemPackages(TEST_PROGRAMS);
await buildIfStale();

let passed = 0;
let failed = 0;

async function check(name, command, args) {
  console.log(`\n== ${name}`);
  const ok = (await run(command, args)) === 0;
  if (ok) passed++;
  else failed++;
}

/** Runs a test runner that writes a JSON result and adds its counts. A runner that wrote none counts as one failure. */
async function suite(name, command, args, resultFile, countOf) {
  console.log(`\n== ${name}`);
  rmSync(resultFile, { force: true });
  const code = await run(command, args);
  try {
    const counts = countOf(JSON.parse(readFileSync(resultFile, 'utf8')));
    passed += counts.passed;
    failed += counts.failed;
    if (code !== 0 && counts.failed === 0) failed++;
  } catch {
    failed++;
  }
}

await check('Types', 'npm', ['run', '-s', 'typecheck']);
await check('Lint', 'npm', ['run', '-s', 'lint']);
const vitestResult = join(root, 'test-results', 'vitest.json');
await suite(
  'Unit and integration tests',
  'vitest',
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestResult}`],
  vitestResult,
  (result) => ({ passed: result.numPassedTests, failed: result.numTotalTests - result.numPassedTests }),
);
const countOfPlaywright = ({ stats }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected + stats.skipped });
await suite('Browser tests', 'playwright', ['test'], join(root, 'test-results', 'e2e.json'), countOfPlaywright);
await suite(
  'Desktop app under the stand-in',
  'playwright',
  ['test', '--config', 'test/electron/playwright.config.ts'],
  join(root, 'test-results', 'electron.json'),
  countOfPlaywright,
);

console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
