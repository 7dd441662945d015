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

/**
 * Every word with the slips of a finger undone that trigrams miss in short words: two letters swapped, or
 * one too many. (One missing, or a wrong one, leaves enough trigrams whole.)
 */
export function asMeant(words: string[]): Spellings {
  const variants = words.map((word) => [word, ...swaps(word), ...omissions(word)]);
  return {
    numbers: variants.flatMap((spellings, i) => spellings.map(() => i)),
    spellings: variants.flat(),
  };
}

/** Shorter words have so many neighbours that they would match nearly everything. */
const minLetters = 4;
const maxLetters = 20;

function swaps(word: string): string[] {
  const letters = [...word];
  if (letters.length < minLetters || letters.length > maxLetters) return [];
  return letters
    .slice(1)
    .map((_, i) => letters.toSpliced(i, 2, letters[i + 1] ?? '', letters[i] ?? '').join(''));
}

function omissions(word: string): string[] {
  const letters = [...word];
  if (letters.length <= minLetters || letters.length > maxLetters) return [];
  return letters.map((_, i) => letters.toSpliced(i, 1).join(''));
}
