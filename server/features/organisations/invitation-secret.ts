import { createHash, randomBytes } from 'node:crypto';

/** The secret of one mail: 256 random bits. Only its hash is stored. */
export function makeSecret(): { secret: string; secretHash: Buffer } {
  const secret = randomBytes(32).toString('base64url');
  return { secret, secretHash: hashOf(secret) };
}

/** Plain SHA-256 is enough: nobody guesses 256 random bits, however fast the hash is. */
export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
