import { hash, type Options, verify } from '@node-rs/argon2';
import { normalizePassword } from '../../../contract/person.ts';

// Argon2id with OWASP's first recommendation: 19 MiB, two passes, one lane (about 30 ms of one core). 2 is
// Algorithm.Argon2id, an ambient enum that has no value at run time.
const options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } satisfies Options;

/** Appended to the hash of a password that was normalised first. */
const normalized = '$nfkc';

/**
 * Gives the same hash for every way to type a password: é has two spellings, of which a Mac sends one and Windows the
 * other.
 */
export const hashPassword = async (password: string): Promise<string> =>
  (await hash(normalizePassword(password), options)) + normalized;

/**
 * Verifies a password. A hash without the mark is older, and of the password as it was typed. For ASCII both are
 * equal.
 */
export async function verifyPassword(given: { hash: string; password: string }): Promise<boolean> {
  const password = normalizePassword(given.password);
  if (given.hash.endsWith(normalized)) return verify(given.hash.slice(0, -normalized.length), password);
  if (await verify(given.hash, password)) return true;
  return password !== given.password && verify(given.hash, given.password);
}
