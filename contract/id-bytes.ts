/* Ids as the 16 bytes that they stand for, for packed formats (door-manifest.ts). Runs in browsers and in Node. */
import type { Id, IdKind } from './ids.ts';
import { idPrefixes } from './ids.ts';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const values = new Int8Array(128).fill(-1);
for (let value = 0; value < 32; value++) values[alphabet.charCodeAt(value)] = value;

const idLength = 26;
export const idByteLength = 16;

/** The 16 bytes of an id. The 26 characters have 130 bits; the two highest are always zero. Throws if the text is no id. */
export function bytesOfId(id: string): Uint8Array<ArrayBuffer> {
  const start = id.indexOf('_') + 1;
  const bytes = new Uint8Array(idByteLength);
  if (id.length - start !== idLength) throw new RangeError(`${id} is not an id`);
  let bits = 0;
  let count = -2;
  let at = 0;
  for (let i = start; i < id.length; i++) {
    const value = values[id.charCodeAt(i)] ?? -1;
    if (value < 0 || (i === start && value > 7)) throw new RangeError(`${id} is not an id`);
    bits = ((bits << 5) | value) & 0xfff;
    count += 5;
    if (count < 8) continue;
    count -= 8;
    bytes[at++] = (bits >> count) & 0xff;
  }
  return bytes;
}

/** The id whose 16 bytes begin at `at`. */
export function idOfBytes<K extends IdKind>(kind: K, bytes: Uint8Array, at = 0): Id<K> {
  let text = '';
  let bits = 0;
  // The two zero bits at the front.
  let count = 2;
  for (let i = 0; i < idByteLength; i++) {
    bits = ((bits << 8) | (bytes[at + i] as number)) & 0x1fff;
    count += 8;
    while (count >= 5) {
      count -= 5;
      text += alphabet[(bits >> count) & 31];
    }
  }
  return `${idPrefixes[kind]}_${text}` as Id<K>;
}
