/**
 * Crockford's base32: digits, and the letters that nobody mistakes for others. It has upper case only, so a QR code
 * stores it in alphanumeric mode (5.5 bits a character), and it survives URLs and typing.
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const values = new Map([...alphabet].map((character, value) => [character, value]));

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

/** Decodes text of whole groups; null if it has another length or a foreign character. */
export function fromBase32(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 8 !== 0) return null;
  const bytes = new Uint8Array((text.length / 8) * 5);
  for (let group = 0; group * 8 < text.length; group++) {
    let bits = 0;
    for (let i = 0; i < 8; i++) {
      const value = values.get(text.charAt(group * 8 + i));
      if (value === undefined) return null;
      bits = bits * 32 + value;
    }
    for (let i = 4; i >= 0; i--) {
      bytes[group * 5 + i] = bits % 256;
      bits = Math.floor(bits / 256);
    }
  }
  return bytes;
}
