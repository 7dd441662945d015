import { flushCompileCache } from 'node:module';
import { configureGlobal, readConfigureGlobal } from 'fast-check';
import { afterAll } from 'vitest';

/** Random tests begin with the seed of the run (tools/test.ts). Without one, each has its own, and says it when it fails. */
if (process.env.ADMIT_SEED)
  configureGlobal({ ...readConfigureGlobal(), seed: Number(process.env.ADMIT_SEED) });

// Vitest kills its workers, and Node fills the cache only at an end of its own.
afterAll(() => flushCompileCache());
