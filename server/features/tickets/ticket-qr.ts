import { encode, QrCodeDataType } from 'uqr';
import { memo } from '../../memo.ts';

/*
 * The QR codes of tickets: version 7 with error correction M and mask 0. The texts of tickets differ, but never the size of
 * their QR codes, so the frame and the order of the modules are computed once. uqr computes both for each code: 130 µs
 * instead of 20, a tenth of the time of a ticket's PDF. https://www.iso.org/standard/83389.html
 */

/** The alphabet of the alphanumeric mode. */
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
/** Lengths for which version 7 is the smallest one. */
const [shortest, longest] = [155, 178];
/** Modules along a side. */
export const ticketQrSize = 45;
const size = ticketQrSize;
const blocks = 4;
const dataOfBlock = 31;
const checksOfBlock = 18;

/** What all codes have in common. */
interface Frame {
  /** The modules that are the same in each code, row by row. */
  modules: Uint8Array;
  /** Where the bits of the data go, in their order. */
  places: Uint16Array;
}

const frames = memo<Frame>(1);
const frame = () => frames('', learnFrame);

/** Learns the frame from a code that uqr has made. */
function learnFrame(): Frame {
  const { data, types } = encode('0'.repeat(longest).replace(/^0/, 'A'), {
    ecc: 'M',
    border: 0,
    minVersion: 7,
    maskPattern: 0,
  });
  const isData = (x: number, y: number) => types[y]?.[x] === QrCodeDataType.Data;
  const modules = new Uint8Array(size * size);
  const places: number[] = [];
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) if (!isData(x, y) && data[y]?.[x]) modules[y * size + x] = 1;
  // Bits go up and down in columns of two modules, from the right to the left. The column of the timing pattern is left out.
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    const goesUp = ((right + 1) & 2) === 0;
    for (let i = 0; i < size; i++) {
      const y = goesUp ? size - 1 - i : i;
      for (const x of [right, right - 1]) if (isData(x, y)) places.push(y * size + x);
    }
  }
  return { modules, places: Uint16Array.from(places) };
}

/** The modules of a ticket's code, row by row, 1 for a dark one; null if it is not such a text. */
export function ticketModules(text: string): Uint8Array | null {
  if (text.length < shortest || text.length > longest) return null;
  const data = dataOf(text);
  if (!data) return null;
  const { modules: common, places } = frame();
  const modules = common.slice();
  const words = interleaved(data);
  for (let bit = 0; bit < places.length; bit++) {
    const place = places[bit] as number;
    const value = ((words[bit >> 3] as number) >> (7 - (bit & 7))) & 1;
    // Mask 0 inverts every second module. The side has an odd number of modules, so the place tells which.
    modules[place] = value ^ (place & 1 ? 0 : 1);
  }
  return modules;
}

/** The data words: mode, length, eleven bits for two characters, and padding. */
function dataOf(text: string): Uint8Array | null {
  const words = new Uint8Array(blocks * dataOfBlock);
  let bit = 0;
  const put = (value: number, length: number) => {
    for (let i = length - 1; i >= 0; i--, bit++)
      if ((value >> i) & 1) words[bit >> 3] = (words[bit >> 3] as number) | (128 >> (bit & 7));
  };
  put(0b0010, 4);
  put(text.length, 9);
  for (let i = 0; i < text.length; i += 2) {
    const first = alphabet.indexOf(text.charAt(i));
    if (first < 0) return null;
    if (i + 1 === text.length) {
      put(first, 6);
      break;
    }
    const second = alphabet.indexOf(text.charAt(i + 1));
    if (second < 0) return null;
    put(first * 45 + second, 11);
  }
  // Four zeros end the data, as far as there is room.
  bit = Math.min(bit + 4, words.length * 8);
  for (let at = (bit + 7) >> 3, pad = 0xec; at < words.length; at++, pad ^= 0xec ^ 0x11) words[at] = pad;
  return words;
}

/** The words of all blocks in turn: first the data, then the checks. */
function interleaved(data: Uint8Array): Uint8Array {
  const words = new Uint8Array(blocks * (dataOfBlock + checksOfBlock));
  for (let block = 0; block < blocks; block++) {
    const own = data.subarray(block * dataOfBlock, (block + 1) * dataOfBlock);
    const checks = checksOf(own);
    for (let i = 0; i < dataOfBlock; i++) words[i * blocks + block] = own[i] as number;
    for (let i = 0; i < checksOfBlock; i++) words[(dataOfBlock + i) * blocks + block] = checks[i] as number;
  }
  return words;
}

/** Powers of 2 in the field of 256 elements that QR codes use, twice, and their exponents. */
const powers = new Uint8Array(510);
const exponents = new Uint8Array(256);
for (let i = 0, value = 1; i < 255; i++) {
  powers[i] = value;
  powers[i + 255] = value;
  exponents[value] = i;
  value = (value << 1) ^ (value & 128 ? 0x11d : 0);
}

/** The exponents of the generator's coefficients: of (x - 1)(x - 2)(x - 4) …, without the first one. */
const generator = ((): Uint8Array => {
  let factors = [1];
  for (let i = 0; i < checksOfBlock; i++) {
    const next = [...factors, 0];
    for (const [at, factor] of factors.entries()) {
      const product = factor === 0 ? 0 : (powers[(exponents[factor] as number) + i] as number);
      next[at + 1] = (next[at + 1] as number) ^ product;
    }
    factors = next;
  }
  return Uint8Array.from(factors.slice(1), (factor) => exponents[factor] as number);
})();

/** The Reed-Solomon words of a block: the remainder of its division by the generator. */
function checksOf(data: Uint8Array): Uint8Array {
  const rest = new Uint8Array(checksOfBlock);
  for (const word of data) {
    const factor = word ^ (rest[0] as number);
    rest.copyWithin(0, 1);
    rest[checksOfBlock - 1] = 0;
    if (factor === 0) continue;
    const exponent = exponents[factor] as number;
    for (let i = 0; i < checksOfBlock; i++)
      rest[i] = (rest[i] as number) ^ (powers[exponent + (generator[i] as number)] as number);
  }
  return rest;
}
