// npm run test:electron: the tests of the desktop app in Electron itself. npm test runs the same ones under a stand-in (see CONTRIBUTING).
import { buildIfStale } from './build-if-stale.mjs';
import { downloadElectron, electronProgram, missingDisplay } from './electron-binary.mjs';
import { ensureInstalled, environment, fail, run } from './toolchain.mjs';

ensureInstalled();
await buildIfStale();
const noDisplay = missingDisplay();
if (noDisplay) fail(`the tests in Electron cannot be run because ${noDisplay}. On Linux, xvfb-run gives them one.`);
if (!electronProgram() && !downloadElectron())
  fail("Electron's program could not be downloaded; npm test runs the same tests without it.");
process.exitCode = await run('playwright', ['test', '--config', 'test/electron/playwright.config.ts', ...process.argv.slice(2)], {
  env: { ...environment, ELECTRON: 'real' },
});
