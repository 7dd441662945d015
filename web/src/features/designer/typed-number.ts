/** Digits of Arabic and Persian keyboards as the ones that a program reads. */
const digits = /[\u0660-\u0669\u06f0-\u06f9]/g;

/** Reads a typed number: `12`, `12,5`, `١٢٫٥`. Null if the text is none, so that a field can say so. */
export function readNumber(typed: string): number | null {
  const plain = typed
    .trim()
    .replace(digits, (digit) => String(digit.charCodeAt(0) & 15))
    .replace(/[٫,]/, '.')
    .replace(/^[−–]/, '-');
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
}

/** A number as a field shows it: at most two decimals. */
export const writeNumber = (value: number): string => String(Math.round(value * 100) / 100);

/** A typed price with the digits and the decimal sign that programs read. */
export const asTyped = (typed: string): string => {
  const number = readNumber(typed);
  return number === null ? typed : String(number);
};
