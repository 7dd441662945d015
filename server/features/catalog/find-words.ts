/** Words beyond these are not looked for: six say what is meant, and each costs a look into the index. */
const maxWords = 6;

/** The words that somebody looks for, as they typed them. */
export const wordsOf = (q: string): string[] => (q.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).slice(0, maxWords);

/** What a search asks the index for: spelling i belongs to the word numbers[i]. */
export interface Spellings {
  numbers: number[];
  spellings: string[];
}

export const asTyped = (words: string[]): Spellings => ({
  numbers: words.map((_, i) => i),
  spellings: words,
});

/** A word as it was typed, folded as the index folds it, and words of the vocabulary that it may have meant. */
export interface Guess {
  typed: string;
  words: string[];
}

/** Spellings per word that are searched for at most: the likeliest. */
const maxSpellings = 8;

/**
 * What was probably meant: for each word those of the vocabulary that contain it, as parts of words do in
 * scripts that don't put spaces between them, or that are a slip or two away. Null where a word is like none.
 */
export function asMeant(guesses: Guess[]): Spellings | null {
  const meant = guesses.map(({ typed, words }) =>
    words
      .map((word) => ({ word, slips: word.includes(typed) ? 0 : slipsBetween(typed, word) }))
      .filter(({ slips }) => slips <= slipsAllowed(typed))
      .sort((a, b) => a.slips - b.slips || a.word.length - b.word.length)
      .slice(0, maxSpellings)
      .map(({ word }) => word),
  );
  if (meant.some((spellings) => spellings.length === 0)) return null;
  return { numbers: meant.flatMap((spellings, i) => spellings.map(() => i)), spellings: meant.flat() };
}

/** Short words have so many neighbours that one slip would match nearly anything. */
const slipsAllowed = (word: string): number => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

/** Words that one swap of neighbours or one letter too many makes of the typed one: trigrams miss them. */
export function nearSpellings(word: string): string[] {
  const letters = [...word];
  if (letters.length < 4 || letters.length > 20) return [];
  const swapped = letters
    .slice(1)
    .map((_, i) => letters.toSpliced(i, 2, letters[i + 1] ?? '', letters[i] ?? ''));
  const omitted = letters.map((_, i) => letters.toSpliced(i, 1));
  return [...swapped, ...omitted].map((spelling) => spelling.join(''));
}

/** Letters missing, too many, wrong or swapped with their neighbour (optimal string alignment). */
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
