import { hash, type Options, verify } from '@node-rs/argon2';
import { normalizePassword } from '../../../contract/person.ts';

// Argon2id with OWASP's first choice for it: 19 MiB, two passes, one lane (about 30 ms of one core). 2 is
// Algorithm.Argon2id, an ambient enum that has no value at run time.
const options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } satisfies Options;

/** Behind the hash of a password that was normalised before. */
const normalized = '$nfkc';

/** The same for every way to type a password: é has two, a Mac sends the one and Windows the other. */
export const hashPassword = async (password: string): Promise<string> =>
  (await hash(normalizePassword(password), options)) + normalized;

/** A hash without the mark is older and of the password as it was typed. Those of ASCII are the same either way. */
export async function verifyPassword(given: { hash: string; password: string }): Promise<boolean> {
  const password = normalizePassword(given.password);
  if (given.hash.endsWith(normalized)) return verify(given.hash.slice(0, -normalized.length), password);
  if (await verify(given.hash, password)) return true;
  return password !== given.password && verify(given.hash, given.password);
}
