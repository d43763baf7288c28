import { defineConfig } from '@playwright/test';

// The desktop app as it is built: under the stand-in for Electron, or, with ELECTRON=real, in Electron itself.
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/electron',
  timeout: 180_000,
  expect: { timeout: 30_000 },
  use: { actionTimeout: 30_000 },
  // Apps of their own, each with a browser and children.
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  retries: process.env.CI ? 2 : 0,
  reporter: [['list'], ['json', { outputFile: '../../test-results/electron.json' }]],
});
