import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/e2e/**', 'test/electron/**'],
    // Tests that spawn the command line, shards or the store spawn the real build.
    globalSetup: ['test/support/build.ts'],
    // A machine of continuous integration may be shared: what fails once there is looked at again.
    retry: process.env.CI ? 1 : 0,
    // Many tests wait for processes, sockets and clocks: three files at a time keep two cores busy. `npm test` says how many itself.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
