import { configureGlobal, readConfigureGlobal } from 'fast-check';

/** Random tests begin with the seed of the run (tools/test.ts). Without one, each has its own, and says it when it fails. */
if (process.env.ADMIT_SEED)
  configureGlobal({ ...readConfigureGlobal(), seed: Number(process.env.ADMIT_SEED) });
