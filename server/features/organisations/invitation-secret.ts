import { createHash, randomBytes } from 'node:crypto';

/** Makes the secret of one mail: 256 random bits. Only its hash is stored. */
export function makeSecret(): { secret: string; secretHash: Buffer } {
  const secret = randomBytes(32).toString('base64url');
  return { secret, secretHash: hashOf(secret) };
}

/** Plain SHA-256 is enough: nobody can guess 256 random bits, even with a fast hash. */
export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
