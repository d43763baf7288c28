// node scripts/export-schema.mjs: writes resources/nodeswarm.schema.json from the zod schema. A test fails while the file is stale.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createServer } from 'vite';
import { root } from './toolchain.mjs';

// Vite, because src imports without file extensions, as bundlers resolve them.
const vite = await createServer({
  root,
  configFile: false,
  logLevel: 'error',
  appType: 'custom',
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
});
try {
  const { scenarioJsonSchemaText } = await vite.ssrLoadModule('/src/shared/scenario/json-schema.ts');
  const file = join(root, 'resources', 'nodeswarm.schema.json');
  await writeFile(file, scenarioJsonSchemaText());
  console.log(`Wrote ${file}`);
} finally {
  await vite.close();
}
