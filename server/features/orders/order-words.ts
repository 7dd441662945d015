import type { OrderId } from '../../../contract/ids.ts';
import type { HoldLine } from '../inventory/inventory.ts';
import { orderNumber } from './orders.ts';

/** The members of an order by which it is found. */
export interface FoundBy {
  id: OrderId;
  buyerName: string;
  buyerEmail: string;
  attendees: { name: string }[] | null;
  /** The lines of its hold, for the names of its seats. */
  lines: Pick<HoldLine, 'seatNames' | 'resale'>[];
  /** The last four digits of the card that paid for it; null before the payment. */
  cardLast4: string | null;
}

/** No word is longer. Index and search cut words at the same length. */
const longest = 64;

/**
 * The words of an order: its number, the whole address and the words of its local part, the words of the names, and each
 * name as one word without spaces. A seat is one word of row and seat, as people say it: `b12`. The last four digits of the
 * card are one too.
 */
export function wordsOf({ id, buyerName, buyerEmail, attendees, lines, cardLast4 }: FoundBy): string[] {
  const names = [buyerName, ...(attendees ?? []).map(({ name }) => name)];
  const [local = ''] = buyerEmail.split('@');
  return distinct([
    fold(orderNumber(id)),
    foldAddress(buyerEmail),
    ...cut(local),
    cardLast4 ?? '',
    ...names.flatMap((name) => [...cut(name), cut(name).join('')]),
    ...lines.flatMap(({ seatNames, resale }) =>
      (seatNames ?? resale?.seatNames ?? []).flatMap(({ section, row, seat }) => [
        ...cut(section),
        cut(`${row} ${seat}`).join(''),
      ]),
    ),
  ]);
}

/** The words that a person typed, the longest first. A text with @ is the beginning of an address and stays as it is. */
export function termsOf(typed: string): string[] {
  const terms = typed
    .split(/\s+/)
    .flatMap((chunk) =>
      /\p{L}|\p{N}/u.test(chunk) && chunk.includes('@') ? [foldAddress(chunk)] : cut(chunk),
    );
  return distinct(terms).sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}

/**
 * Spellings of the whole text as one word: a number in two groups, a name with other spaces. Order numbers have no I, L and
 * O, which people read for 1 and 0.
 */
export function joinedOf(typed: string): string[] {
  if (typed.includes('@')) return [];
  const joined = cut(typed).join('');
  return distinct([joined, joined.replaceAll(/[il]/g, '1').replaceAll('o', '0')]);
}

/** True if a word of the order begins with each of the terms, or with the whole text as one word. */
export function isFoundBy(order: FoundBy, { terms, joined }: { terms: string[]; joined: string[] }): boolean {
  const words = wordsOf(order);
  const begins = (term: string) => words.some((word) => word.startsWith(term));
  return terms.every(begins) || joined.some(begins);
}

const distinct = (words: string[]): string[] => [
  ...new Set(words.map((word) => [...word].slice(0, longest).join('')).filter((word) => word !== '')),
];

const cut = (text: string): string[] => fold(text).split(/[^\p{L}\p{N}]+/u);

const foldAddress = (text: string): string => fold(text).replaceAll(/\s/gu, '');

/**
 * Spellings that readers consider equal become the same: case, accents, vowel marks, widths of letters, letters that Unicode
 * does not take apart, and Arabic letters and digits that people type for one another.
 */
const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}|\p{Cf}|\u0640/gu, '')
    .toLowerCase()
    .replaceAll(/[ßæœøđłıðþىةکأإآٱؤئہھ٠-٩۰-۹]/g, (letter) => equal[letter] ?? letter);

const equal: Record<string, string> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ł: 'l', ı: 'i', ð: 'd', þ: 'th' },
  ...{ ى: 'ي', ة: 'ه', ک: 'ك', أ: 'ا', إ: 'ا', آ: 'ا', ٱ: 'ا', ؤ: 'و', ئ: 'ي', ہ: 'ه', ھ: 'ه' },
  ...Object.fromEntries([...'٠١٢٣٤٥٦٧٨٩'].map((digit, value) => [digit, String(value)])),
  ...Object.fromEntries([...'۰۱۲۳۴۵۶۷۸۹'].map((digit, value) => [digit, String(value)])),
};
