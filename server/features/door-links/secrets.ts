import { createHash, randomBytes } from 'node:crypto';
import { doorScheme, doorTokenPrefix } from '../../../contract/door-links.ts';

/** Makes the secret of a link: 256 random bits. Only its hash is stored. */
export function makeLinkSecret(): { secret: string; hash: Buffer } {
  const secret = randomBytes(32).toString('base64url');
  return { secret, hash: hashOf(secret) };
}

export function makeDeviceToken(): { token: string; hash: Buffer } {
  const token = doorTokenPrefix + randomBytes(32).toString('base64url');
  return { token, hash: hashOf(token) };
}

/** Plain SHA-256 is enough: nobody can guess 256 random bits, even with a fast hash. */
export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

const scheme = new RegExp(`^${doorScheme} `, 'i');

/** Whether a request comes from a device of a door link. Its session, if it has one too, does not count. */
export const isOfDevice = ({ authorization }: { authorization?: string | undefined }): boolean =>
  authorization !== undefined && scheme.test(authorization);

const shape = new RegExp(`^${doorTokenPrefix}[\\w-]{43}$`);

/** The token of a device; null if it cannot be one of ours. */
export function tokenOf({ authorization = '' }: { authorization?: string | undefined }): string | null {
  const token = authorization.replace(scheme, '').trim();
  return shape.test(token) ? token : null;
}
