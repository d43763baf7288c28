import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/**
 * Tests of what has neither processes nor sockets. They share their processes and modules: to begin one for each file takes longer than most of them. What they
 * change of the world (clocks, globals), they put back.
 */
const PURE = ['test/{shared,renderer}/**/*.test.{ts,tsx}', 'test/main/swarm/{schedule,template}/**/*.test.ts'];
const INTEGRATION = ['test/integration/**/*.test.ts'];
/** Hold times against those that another process took: `npm test` runs them when nothing else runs, as two processes on a busy machine wait for different things. */
const TIMED = ['test/integration/server-agreement.test.ts'];

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'pure', include: PURE, isolate: false } },
      { extends: true, test: { name: 'apart', include: ['test/**/*.test.ts'], exclude: [...PURE, ...INTEGRATION] } },
      { extends: true, test: { name: 'integration', include: INTEGRATION, exclude: TIMED } },
      { extends: true, test: { name: 'timed', include: TIMED } },
    ],
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
