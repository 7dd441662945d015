/*
 * The code of a gift card: 18 random characters of Crockford's base32 (90 bits) and two that find typing mistakes, in groups of
 * four: `7K3Q-A9XW-2M4N-P8RT-VY0C`.
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const randomLength = 18;
const giftCodeLength = randomLength + 2;
/** A prime below 32². So the check characters differ if one character is wrong, or if two neighbours are swapped. */
const modulus = 1021;

function checkOf(random: string): string {
  let rest = 0;
  for (const character of random) rest = (rest * 32 + alphabet.indexOf(character)) % modulus;
  return alphabet.charAt(Math.floor(rest / 32)) + alphabet.charAt(rest % 32);
}

/** Makes a code from 18 random bytes, which the caller supplies. */
export function makeGiftCode(random: Uint8Array): string {
  let text = '';
  for (let i = 0; i < randomLength; i++) text += alphabet.charAt((random[i] ?? 0) % 32);
  return text + checkOf(text);
}

/**
 * Reads what somebody typed; null if it cannot be a code. Spaces and hyphens do not matter, nor upper and lower case, and
 * letters that look like digits are read as these.
 */
export function readGiftCode(typed: string): string | null {
  const text = typed
    .toUpperCase()
    .replaceAll(/[\s\-‐‑–—]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  if (text.length !== giftCodeLength) return null;
  if (![...text].every((each) => alphabet.includes(each))) return null;
  return checkOf(text.slice(0, randomLength)) === text.slice(randomLength) ? text : null;
}

/** As it is printed. */
export const groupGiftCode = (code: string): string => code.replaceAll(/(.{4})(?=.)/g, '$1-');
