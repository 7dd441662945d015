import { createHash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { apiKeyPrefix } from '../../../contract/api-keys.ts';

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const randomLength = 40;
const checkLength = 6;
const shape = new RegExp(`^${apiKeyPrefix}[0-9A-Za-z]{${randomLength + checkLength}}$`);

/**
 * Makes the secret of a key: a prefix, 40 random characters (238 bits), and a checksum. A scanner of leaked secrets knows a
 * key by its prefix and rules out by the checksum what only looks like one.
 */
export function makeSecret(): string {
  const random = Array.from({ length: randomLength }, () => letters[randomInt(letters.length)]).join('');
  return apiKeyPrefix + random + checksumOf(random);
}

/** Whether a text can be the secret of a key. This costs no look-up. */
export const isSecret = (text: string): boolean =>
  shape.test(text) && checksumOf(text.slice(apiKeyPrefix.length, -checkLength)) === text.slice(-checkLength);

/** CRC-32 in base 62, with leading zeros. */
function checksumOf(random: string): string {
  let rest = crc32(random);
  let text = '';
  for (let i = 0; i < checkLength; i++) {
    text = letters[rest % letters.length] + text;
    rest = Math.floor(rest / letters.length);
  }
  return text;
}

export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** The prefix and four of the random characters. */
export const hintOf = (secret: string): string => secret.slice(0, apiKeyPrefix.length + 4);

/** Whether a request is sent with an API key. A cookie beside it does not count. */
export const isWithApiKey = ({ authorization }: { authorization?: string | undefined }): boolean =>
  authorization !== undefined && sent.test(authorization);
const sent = new RegExp(`^bearer +${apiKeyPrefix}`, 'i');

export const secretOf = (authorization: string): string => authorization.slice('bearer '.length).trim();
