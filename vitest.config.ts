import { defineConfig } from 'vitest/config';
import { compileCache } from './server/testing/compile-cache.ts';
import { SlowestFirst } from './tools/slowest-first.ts';

// Named by each project: given once above them, it would run for the root as well as for the project.
const globalSetup = ['server/testing/global-setup.ts'];

/** Named by each project with random tests, as above. */
const setupFiles = ['server/testing/seed.ts'];

/**
 * The unit tests always run abroad: half an hour off the hour, in a language that writes 1.234,5. A test, or what
 * it tests, that counts on the machine's zone or language fails wherever it runs. The variables are there when a worker
 * starts, because Node reads the language then. ADMIT_TEST_AT_HOME=1 leaves the machine's own, to see whether a failure comes
 * from them.
 */
const abroad = (TZ: string, locale: string): Record<string, string> =>
  process.env.ADMIT_TEST_AT_HOME ? {} : { TZ, LC_ALL: locale, LANG: locale };

/**
 * Node runs the tests and what they test, as it runs the server, and keeps what it compiled. Vite would transform two thousand files in
 * each run. So no test mocks a module or imports a file with JSX.
 */
const byNode = { viteModuleRunner: false, nodeLoader: false };

export default defineConfig({
  test: {
    environment: 'node',
    // Only a test that hangs reaches these. On a busy machine an honest one has needed more than half a minute.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // A message is often all that is known of a failure on another machine.
    chaiConfig: { truncateThreshold: 600 },
    sequence: { sequencer: SlowestFirst },
    pool: 'forks',
    // Two suit the smallest machine that we test on; the database and the browser need the rest.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          experimental: byNode,
          // All files of a worker share what they import, which saves 40% of their CPU (18 files: 64 s instead of 106 s). So no
          // module may keep state (tools/tidy.ts), and a file leaves nothing behind: no clock, spy, variable or listener.
          isolate: false,
          // Two keep two cores busy for two thirds of the time, because each waits for its database.
          maxWorkers: 3,
          globalSetup,
          setupFiles,
          env: { ...compileCache, ...abroad('America/St_Johns', 'tr_TR.UTF-8') },
          include: [
            'client/**/*.test.ts',
            'contract/**/*.test.ts',
            'seat-map/**/*.test.ts',
            'server/**/*.test.ts',
            'tools/**/*.test.ts',
            'web/src/**/*.test.{ts,tsx}',
          ],
        },
      },
      {
        extends: true,
        test: {
          name: 'services',
          experimental: byNode,
          globalSetup,
          setupFiles,
          env: { ...compileCache, ...abroad('America/St_Johns', 'tr_TR.UTF-8') },
          include: ['server/**/*.services.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          experimental: byNode,
          env: compileCache,
          globalSetup: [...globalSetup, 'web/e2e/testing/demo-template.ts'],
          include: ['web/e2e/**/*.e2e.ts'],
          // Each file drives a server, a database and a browser of its own, which wait for each other half of the time, so two
          // files run at once. What a file imports, a second a file, the files of a worker share.
          isolate: false,
        },
      },
    ],
  },
});
