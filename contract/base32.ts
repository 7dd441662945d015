/**
 * Crockford's base32: digits, and the letters that nobody mistakes for others. It has upper case only, so a QR code
 * stores it in alphanumeric mode (5.5 bits a character), and it survives URLs and typing.
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** The value of each ASCII character; 255 for one that is not in the alphabet. */
const values = new Uint8Array(128).fill(255);
for (const [value, character] of [...alphabet].entries()) values[character.charCodeAt(0)] = value;
const foreign = 255;

/** Encodes five bytes as eight characters. Callers pass whole groups only, so there is no padding. */
export function toBase32(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 5) {
    // Five bytes are 40 bits. A double holds them exactly, but a 32-bit shift would not.
    let bits = 0;
    for (let i = 0; i < 5; i++) bits = bits * 256 + (bytes[start + i] ?? 0);
    let group = '';
    for (let i = 0; i < 8; i++) {
      group = alphabet[bits % 32] + group;
      bits = Math.floor(bits / 32);
    }
    text += group;
  }
  return text;
}

/**
 * Decodes text of whole groups; null if it has another length or a foreign character. The door decodes 160 characters for each
 * scan: two halves of 20 bits need no division.
 */
export function fromBase32(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 8 !== 0) return null;
  const bytes = new Uint8Array((text.length / 8) * 5);
  for (let at = 0, to = 0; at < text.length; at += 8, to += 5) {
    const high = fourOf(text, at);
    const low = fourOf(text, at + 4);
    if (high < 0 || low < 0) return null;
    bytes[to] = high >> 12;
    bytes[to + 1] = high >> 4;
    bytes[to + 2] = (high << 4) | (low >> 16);
    bytes[to + 3] = low >> 8;
    bytes[to + 4] = low;
  }
  return bytes;
}

/** The 20 bits of four characters; -1 if one of them is foreign. */
function fourOf(text: string, at: number): number {
  let bits = 0;
  for (let i = at; i < at + 4; i++) {
    const value = values[text.charCodeAt(i)] ?? foreign;
    if (value === foreign) return -1;
    bits = (bits << 5) | value;
  }
  return bits;
}
