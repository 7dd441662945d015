/** How the index is asked for a spelling; search_query in 0027_search_by_parts.sql says what each kind matches. */
type SpellingKind = 'text' | 'title' | 'place' | 'free';

interface Spelling {
  kind: SpellingKind;
  text: string;
}

/** What a part of a search matches: an event has to match one of its spellings. */
export type Wanted = Spelling[];

/** Parts beyond these are not looked for: eight say what is meant, and each costs a look into the index. */
const maxParts = 8;

const hasWord = /[\p{L}\p{N}]/u;

/**
 * The parts of a search, as somebody typed them between spaces. Symbols count only where nothing else was typed: "!!!"
 * finds an event of that name, and "techno & house" also finds "Techno and House".
 */
export function partsOf(q: string): string[] {
  // A NUL can stand in a query string but not in PostgreSQL's text.
  const parts = q.replaceAll('\0', ' ').split(/\s+/u).filter(Boolean);
  const words = parts.filter((part) => hasWord.test(part));
  return (words.length > 0 ? words : parts).slice(0, maxParts);
}

/** Three lists of the same length, as search_query takes them: spelling i belongs to the part numbers[i]. */
interface Spellings {
  numbers: number[];
  texts: string[];
  kinds: SpellingKind[];
}

export function spellingsOf(wanted: Wanted[]): Spellings {
  const all = wanted.flatMap((spellings, number) => spellings.map((spelling) => ({ number, ...spelling })));
  return {
    numbers: all.map(({ number }) => number),
    texts: all.map(({ text }) => text),
    kinds: all.map(({ kind }) => kind),
  };
}

/** A word as it was typed, folded as the index folds it, and words of the vocabulary that look like it. */
export interface Guess {
  typed: string;
  words: string[];
}

/**
 * What was probably meant: each typed word, or a word of the vocabulary that is one or two slips away. All of these
 * count, however many there are: if only the likeliest counted, a new event's word could push out another event's.
 * Null where no word has a neighbour.
 */
export function asMeant(guesses: Guess[]): Wanted[] | null {
  const meant = guesses.map(({ typed, words }) => [
    typed,
    ...words.filter((word) => word !== typed && slipsBetween(typed, word) <= slipsAllowed(typed)),
  ]);
  if (meant.every((spellings) => spellings.length === 1)) return null;
  return meant.map((spellings) => spellings.map((text) => ({ kind: 'text', text })));
}

/**
 * The number of typos that a word may have. Short words have so many neighbours that one typo would match nearly
 * anything.
 */
const slipsAllowed = (word: string): number => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

/** Spellings with two neighbouring letters swapped or one letter removed. Trigrams do not find them. */
export function nearSpellings(word: string): string[] {
  const letters = [...word];
  if (letters.length < 4 || letters.length > 20) return [];
  const swapped = letters
    .slice(1)
    .map((_, i) => letters.toSpliced(i, 2, letters[i + 1] ?? '', letters[i] ?? ''));
  const omitted = letters.map((_, i) => letters.toSpliced(i, 1));
  return [...swapped, ...omitted].map((spelling) => spelling.join(''));
}

/**
 * LIKE patterns of the words that one wrong or one missing letter makes of a short typed one. A short word shares too few
 * trigrams with such a neighbour: "jaxz" and "jazz" share two of eight.
 */
export function nearPatterns(word: string): string[] {
  const letters = [...word];
  if (letters.length < 4 || letters.length > 7) return [];
  const wrong = letters.map((_, i) => letters.toSpliced(i, 1, '_'));
  const missing = [...letters, ''].map((_, i) => letters.toSpliced(i, 0, '_'));
  return [...wrong, ...missing].map((pattern) => pattern.join(''));
}

/** The number of typos: letters missing, added, wrong or swapped with their neighbour (optimal string alignment). */
export function slipsBetween(from: string, to: string): number {
  const [a, b] = [[...from], [...to]];
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const wrong = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, wrong);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) next[j] = Math.min(next[j] ?? 0, (before[j - 2] ?? 0) + 1);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
