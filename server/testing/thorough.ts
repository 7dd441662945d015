import { test } from 'vitest';

/**
 * `npm test` has a short round of each long proof. `npm run test:thorough` runs all of them: each crash point, each order in
 * which news may arrive, longer random histories, and the browser tests of rare states.
 */
export const isThorough = process.env.ADMIT_THOROUGH === '1';

/** A test of thorough runs only: `npm test` does not know it. */
export const proof = (isThorough ? test : () => {}) as typeof test;

/** All of them in a thorough run; else `few`, spread evenly over the list, with its first and its last. */
export function sampleOf<T>(all: readonly T[], few: number): T[] {
  if (isThorough || all.length <= few) return [...all];
  return Array.from(
    { length: few },
    (_, i) => all[Math.round((i * (all.length - 1)) / Math.max(1, few - 1))] as T,
  );
}

/** The number of random histories of a property. */
export const runs = (short: number, thorough: number): number => (isThorough ? thorough : short);
