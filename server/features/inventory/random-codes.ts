import { randomInt } from 'node:crypto';

/** 31 signs that nobody confuses. Twelve of them are 59 bits, and guesses are limited (docs/limits.md). */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const codeLength = 12;

/** A code that nobody can guess. */
export const randomCode = (): string =>
  Array.from({ length: codeLength }, () => alphabet[randomInt(alphabet.length)]).join('');

const shape = new RegExp(`^[${alphabet}]{${codeLength}}$`);

/** True for a code that `randomCode` may have made. */
export const looksRandom = (code: string): boolean => shape.test(code);
