import { normalizePassword } from '../../../contract/person.ts';

/** Why an attacker would try a password first; null if they would not. */
type Weakness = 'common' | 'personal';

/** True if exactly this text is on the list of the most used passwords. */
type IsListed = (text: string) => boolean;

/**
 * Judges a password as an attacker guesses: the list, its words in other cases, with digits instead of letters, with
 * a year or sign at the end or twice in a row, rows of keys and letters, and what is known about its owner. `about`
 * is the owner's address and name. The contract checks the length.
 */
export function weaknessOf(password: string, about: readonly string[], isListed: IsListed): Weakness | null {
  const readings = readingsOf(password);
  const words = personalWords(about);
  if (readings.some((reading) => isMostly(reading, words))) return 'personal';
  return readings.some((reading) => isCommon(reading, isListed)) ? 'common' : null;
}

const letterOf: Record<string, string> = {
  ...{ '0': 'o', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b', '9': 'g' },
  ...{ '@': 'a', $: 's', '!': 'i', '+': 't', '€': 'e', '(': 'c' },
};
/** `1` stands for i as often as for l. */
const digitsForLetters = [
  { ...letterOf, '1': 'i', '|': 'i' },
  { ...letterOf, '1': 'l', '|': 'l' },
];
/** A year, a birthday or a sign, which people append if a form demands a digit. */
const ends = /^[^a-z]{1,4}|[^a-z]{1,4}$/g;

/**
 * The password's possible readings: without case and accents, without its ends, without separators, and with letters
 * instead of digits.
 */
function readingsOf(password: string): string[] {
  const folded = fold(password);
  const bare = [folded, folded.replace(ends, '')];
  const spelled = bare.flatMap((text) =>
    digitsForLetters.map((letters) =>
      [...text].map((sign) => letters[sign as keyof typeof letters] ?? sign).join(''),
    ),
  );
  const all = [...bare, ...spelled];
  return [...new Set([...all, ...all.map((text) => text.replace(/[^\p{L}\p{N}]/gu, ''))])];
}

const fold = (text: string): string =>
  normalizePassword(text).toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');

/** Shorter words occur in too many good passwords. */
const shortestWord = 4;
function isCommon(reading: string, isListed: IsListed): boolean {
  if (reading.length < shortestWord) return false;
  const repeated = /^(.+?)\1+$/u.exec(reading)?.[1];
  if (repeated !== undefined && (repeated.length <= shortestWord || isCommon(repeated, isListed)))
    return true;
  // `abcabcab`: a short block, and a beginning of it.
  if (/^(.{1,3})\1+.{0,2}$/u.test(reading) || new Set(reading).size <= 2) return true;
  return isRun(reading) || isListed(reading);
}

const rows = [
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiop',
  'yxcvbnm',
  'azertyuiop',
  'qsdfghjklm',
  'wxcvbn',
];
const series = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  rows.slice(0, 3).join(''),
  rows[3] + rows.slice(1, 2).join('') + rows[4],
  rows.slice(5).join(''),
];
const allSeries = [...series, ...series.map((text) => [...text].reverse().join(''))];
/** A run of the alphabet, the digits or a keyboard row. */
const isRun = (reading: string): boolean => allSeries.some((text) => text.includes(reading));

/** Words that somebody who knows the address and the name would try, and our own name. */
function personalWords(about: readonly string[]): string[] {
  const folded = about.map(fold);
  const parts = folded.flatMap((text) => {
    const [local = '', domain] = text.split('@');
    // Without the domain's last label, which is common to many.
    return [local, ...(domain?.split('.').slice(0, -1) ?? [])].flatMap((part) =>
      part.split(/[^\p{L}\p{N}]+/u),
    );
  });
  const joined = folded
    .flatMap((text) => [text, text.split('@')[0] ?? ''])
    .map((text) => text.replace(/[^\p{L}\p{N}]/gu, ''));
  const words = new Set(['admit', ...parts, ...joined].filter((word) => word.length >= 3));
  return [...words].sort((one, other) => other.length - one.length);
}

/** Maximum length of the rest beside such a word. Less is only a year or a sign. */
const littleRest = 5;
function isMostly(reading: string, words: string[]): boolean {
  let rest = reading;
  for (const word of words) rest = rest.replaceAll(word, ' ');
  rest = rest.replace(/[^\p{L}\p{N}]/gu, '');
  const bare = reading.replace(/[^\p{L}\p{N}]/gu, '');
  return rest.length <= littleRest && bare.length >= 2 * rest.length && rest.length < bare.length;
}
