/* The few parts of DER (ITU-T X.690) that a signature needs. */

/** One value: its tag, its length and its content. */
export function der(tag: number, ...content: Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  if (body.length < 0x80) return Buffer.concat([Buffer.of(tag, body.length), body]);
  const hex = body.length.toString(16);
  const length = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
  return Buffer.concat([Buffer.of(tag, 0x80 | length.length), length, body]);
}

export const sequence = (...content: Uint8Array[]): Buffer => der(0x30, ...content);
/** DER sorts what is in a set by its bytes. */
export const setOf = (...content: Uint8Array[]): Buffer => der(0x31, ...content.toSorted(Buffer.compare));
export const octets = (content: Uint8Array): Buffer => der(0x04, content);
export const smallInteger = (value: number): Buffer => der(0x02, Buffer.of(value));
export const nothing: Buffer = der(0x05);

export function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return der(0x06, Buffer.from([40 * first + second, ...rest.flatMap(base128)]));
}

/** Seven bits a byte; all but the last have the high bit. */
function base128(value: number): number[] {
  const bytes = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128))
    bytes.unshift((rest % 128) + 128);
  return bytes;
}

/** UTCTime says years to 2049, GeneralizedTime the later ones (RFC 5652, 11.3). */
export function time(at: Date): Buffer {
  const digits = `${at.toISOString().replaceAll(/[-:T]|\..*$/g, '')}Z`;
  return at.getUTCFullYear() < 2050
    ? der(0x17, Buffer.from(digits.slice(2)))
    : der(0x18, Buffer.from(digits));
}

interface Value {
  tag: number;
  /** The whole value with its tag and length. */
  whole: Buffer;
  content: Buffer;
}

/** The values that stand one after the other in `bytes`. */
export function readValues(bytes: Buffer): Value[] {
  const values: Value[] = [];
  let at = 0;
  while (at < bytes.length) {
    const first = bytes[at + 1] ?? 0;
    const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
    const begin = at + 2 + lengthBytes;
    const length = lengthBytes === 0 ? first : bytes.readUIntBE(at + 2, lengthBytes);
    values.push({
      tag: bytes[at] ?? 0,
      whole: bytes.subarray(at, begin + length),
      content: bytes.subarray(begin, begin + length),
    });
    at = begin + length;
  }
  return values;
}
