/*
 * The short number of a ticket: ten characters that a person can type at the door if the code cannot be scanned. Nine of them are
 * a secret of the server's, so nobody can guess one within the limits; the last one finds typing mistakes.
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const shortNumberLength = 10;

/** The last character. It differs if one character is wrong, and nearly always if two neighbours are swapped. */
export function checkCharacterOf(nine: string): string {
  let sum = 0;
  for (let i = 0; i < nine.length; i++) sum += (2 * i + 1) * alphabet.indexOf(nine.charAt(i));
  return alphabet.charAt(sum % alphabet.length);
}

/**
 * Reads what somebody typed; null if it is no short number. Spaces and hyphens do not matter, nor upper and lower case, and
 * letters that look like digits are read as these.
 */
export function readShortNumber(typed: string): string | null {
  const text = tenOf(typed);
  return text !== null && checkCharacterOf(text.slice(0, -1)) === text.at(-1) ? text : null;
}

/** Somebody has typed ten characters that could be a short number, and one of them is wrong. */
export const isMistyped = (typed: string): boolean =>
  tenOf(typed) !== null && readShortNumber(typed) === null;

function tenOf(typed: string): string | null {
  const text = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  const isOurs = text.length === shortNumberLength && [...text].every((each) => alphabet.includes(each));
  return isOurs ? text : null;
}

/** As it is printed: `7K3QA-9XW2M`. */
export const groupShortNumber = (number: string): string => `${number.slice(0, 5)}-${number.slice(5)}`;
