import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const main = (path: string) => resolve(import.meta.dirname, 'src/main', path);

export default defineConfig({
  main: {
    build: {
      // Each process is an entry of its own: a child's bundle must never contain index.ts.
      rollupOptions: {
        input: {
          index: main('index.ts'),
          shard: main('swarm/shard-entry.ts'),
          store: main('store/store-entry.ts'),
          export: main('exports/export-entry.ts'),
          demo: main('demo/demo-entry.ts'),
          cli: main('cli/cli.ts'),
        },
      },
      // Only native and run-time packages stay outside the bundles (package.json `dependencies`).
      externalizeDeps: true,
      sourcemap: true,
    },
  },
  preload: {
    build: {
      // A sandboxed preload must be CommonJS and cannot require packages.
      externalizeDeps: false,
      rollupOptions: {
        input: { index: resolve(import.meta.dirname, 'src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    plugins: [react()],
  },
});
