import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { DemoBackend, type DemoBackendOptions } from '../../src/main/demo/demo-backend';
import { AppServer } from './app-server';

interface Fixtures {
  app: AppServer;
  /** Starts a demo backend that ends with the test. */
  demo: (options?: DemoBackendOptions) => Promise<DemoBackend>;
}

/**
 * A test with an app of its own, opened in `page`. It fails when the page logged an error or threw one; a test that provokes one
 * on purpose says so with `allowConsoleErrors`.
 */
export const test = base.extend<Fixtures & { allowConsoleErrors: RegExp | null }>({
  allowConsoleErrors: [null, { option: true }],

  app: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'nodeswarm-e2e-'));
    const app = new AppServer(folder);
    await app.start();
    await use(app);
    await app.stop();
    rmSync(folder, { recursive: true, force: true });
  },

  demo: async ({}, use) => {
    const backends: DemoBackend[] = [];
    await use(async (options = {}) => {
      const backend = await DemoBackend.start(options);
      backends.push(backend);
      return backend;
    });
    await Promise.all(backends.map((backend) => backend.stop()));
  },

  page: async ({ page, app, allowConsoleErrors }, use) => {
    const errors: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' && !allowConsoleErrors?.test(message.text())) errors.push(message.text());
    });
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(app.link);
    // The app has taken its token from the link: whoever goes to another address before that goes there without one.
    await page.waitForURL((url) => !url.searchParams.has('token'));
    await use(page);
    expect(errors).toEqual([]);
  },
});

export { expect };
