import { defineConfig } from '@playwright/test';
import { chromiumLaunchOptions } from './test/support/chromium';

// Browser tests: the built app over the browser host, in a real Chromium. `npm run build` first, or `npm test`, which does.
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results/e2e',
  timeout: 120_000,
  expect: { timeout: 20_000 },
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // A machine of continuous integration may be shared: what fails once is looked at again, and counted as flaky in the report.
  retries: process.env.CI ? 2 : 0,
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    viewport: { width: 1280, height: 800 },
    launchOptions: chromiumLaunchOptions(),
    // A trace takes a sixth of the time of all tests. Of one that fails there is a picture and what the page says; `--trace=on` keeps every step.
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
  },
});
