// npm run package: installers of the desktop app for this platform, in dist/. Arguments go to electron-builder.
import { build } from './build-if-stale.mjs';
import { ensureInstalled, run } from './toolchain.mjs';

ensureInstalled();
await build();
process.exitCode = await run('electron-builder', ['--publish', 'never', ...process.argv.slice(2)]);
