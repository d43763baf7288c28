// npm run build: builds out/ anew.
import { build } from './build-if-stale.mjs';
import { ensureInstalled } from './toolchain.mjs';

ensureInstalled();
await build();
