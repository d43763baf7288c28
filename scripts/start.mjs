// npm start [-- SCENARIO]: opens the desktop app; where that is not possible, serves the same app to a browser and says why.
import { isAbsolute, join, resolve } from 'node:path';
import { buildIfStale } from './build-if-stale.mjs';
import { downloadElectron, electronProgram, missingDisplay } from './electron-binary.mjs';
import { ensureInstalled, root, run } from './toolchain.mjs';

ensureInstalled();
await buildIfStale();

// npm runs scripts in the project's folder; a file is meant from where the user is.
const from = process.env.INIT_CWD ?? process.cwd();
const documents = process.argv.slice(2).map((file) => (isAbsolute(file) ? file : resolve(from, file)));

const noDisplay = missingDisplay();
const electron = noDisplay ? null : (electronProgram() ?? downloadElectron());
if (electron) {
  process.exitCode = await run(electron, [root, ...documents], { shell: false });
} else {
  const why = noDisplay ?? "Electron's program could not be downloaded";
  console.log(`The desktop window cannot be opened because ${why}, so the app is served to a browser: open the link below.`);
  process.exitCode = await run('node', [join(root, 'out', 'main', 'cli.js'), 'serve', '--port', '0', ...documents]);
}
