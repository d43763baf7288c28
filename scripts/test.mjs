// npm test: everything, on a fresh clone too. Each part runs even when one before it failed; the exit code says whether all passed.
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { buildIfStale } from './build-if-stale.mjs';
import { ensureSystemPackages, TEST_PROGRAMS } from './system-packages.mjs';
import { ensureInstalled, environment, root, run } from './toolchain.mjs';

const results = join(root, 'test-results');
// Hundreds of processes are started, of the app and of the test runners: Node compiles what they have in common once.
environment.NODE_COMPILE_CACHE = join(results, 'compile-cache');

ensureInstalled();
ensureSystemPackages(TEST_PROGRAMS);
await buildIfStale();
mkdirSync(results, { recursive: true });

let passed = 0;
let failed = 0;

const seconds = (since) => `${Math.round((performance.now() - since) / 1000)} s`;

/**
 * Runs a command that belongs to the tests. `aside`: what it prints is kept and shown when it is over, because another one prints meanwhile.
 * Resolves to its exit code.
 */
async function part(name, command, args, aside) {
  const begin = performance.now();
  if (!aside) {
    console.log(`\n== ${name}`);
    const code = await run(command, args);
    console.log(`== ${name}: ${seconds(begin)}`);
    return code;
  }
  const file = join(results, `${name.toLowerCase().replaceAll(' ', '-')}.log`);
  const output = openSync(file, 'w');
  const code = await run(command, args, { stdio: ['ignore', output, output] });
  closeSync(output);
  console.log(`\n== ${name}: ${seconds(begin)}\n${readFileSync(file, 'utf8')}`);
  return code;
}

async function check(name, command, args) {
  if ((await part(name, command, args, true)) === 0) passed++;
  else failed++;
}

/** Runs a test runner that writes a JSON result and adds its counts. A runner that wrote none counts as one failure. */
async function suite(name, command, args, resultFile, countOf, aside = false) {
  rmSync(resultFile, { force: true });
  const code = await part(name, command, args, aside);
  try {
    const counts = countOf(JSON.parse(readFileSync(resultFile, 'utf8')));
    passed += counts.passed;
    failed += counts.failed;
    if (code !== 0 && counts.failed === 0) failed++;
  } catch {
    failed++;
  }
}

async function types() {
  await check('Types', 'npm', ['run', '-s', 'typecheck']);
  await check('Lint', 'npm', ['run', '-s', 'lint']);
}

/** Some of vitest's projects; `workers`: so many files at a time. */
function vitest(name, workers, projects, aside = false) {
  const result = join(results, `${name.toLowerCase().replaceAll(' ', '-')}.json`);
  return suite(
    name,
    'vitest',
    ['run', ...projects, `--maxWorkers=${workers}`, '--reporter=default', '--reporter=json', `--outputFile.json=${result}`],
    result,
    ({ numPassedTests, numTotalTests }) => ({ passed: numPassedTests, failed: numTotalTests - numPassedTests }),
    aside,
  );
}
const unitTests = () =>
  vitest('Unit tests', Math.max(2, availableParallelism() - 1), ['--project=pure', '--project=apart'], true);
const integrationTests = () => vitest('Integration tests', 3, ['--project=integration'], true);
const timedTests = () => vitest('Timed tests', 1, ['--project=timed']);

const countOfPlaywright = ({ stats }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected + stats.skipped });
const browserTests = () => suite('Browser tests', 'playwright', ['test'], join(results, 'e2e.json'), countOfPlaywright);
const desktopTests = () =>
  suite(
    'Desktop app under the stand-in',
    'playwright',
    ['test', '--config', 'test/electron/playwright.config.ts'],
    join(results, 'electron.json'),
    countOfPlaywright,
    true,
  );

// Browser and integration tests wait for runs of many seconds and leave much of two processors free meanwhile: what computes goes beside them. The browser
// tests take longest, so they begin at once, and they alone print what they do while they do it.
await Promise.all([types(), browserTests(), unitTests().then(() => Promise.all([desktopTests(), integrationTests()]))]);
await timedTests();

console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
