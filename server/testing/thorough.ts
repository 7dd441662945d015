import { createHash } from 'node:crypto';
import { test } from 'vitest';
import { createRandom } from '../seeded-random.ts';

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

/**
 * All of them in a thorough run; else `few`, in their order, which the seed of the run draws (tools/test.ts). So each run tries
 * others, and the same seed tries the same again. `of` names what they are of.
 */
export function drawnOf<T>(all: readonly T[], few: number, of: string): T[] {
  if (isThorough || all.length <= few) return [...all];
  const seed = createHash('sha256')
    .update(`${process.env.ADMIT_SEED ?? 1} ${of}`)
    .digest()
    .readInt32LE();
  const random = createRandom(seed);
  const left = all.map((_, at) => at);
  const chosen = Array.from({ length: few }, () => left.splice(random.below(left.length), 1)[0] as number);
  return chosen.sort((a, b) => a - b).map((at) => all[at] as T);
}

/** The number of random histories of a property. */
export const runs = (short: number, thorough: number): number => (isThorough ? thorough : short);
