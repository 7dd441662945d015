import * as z from 'zod/mini';

/** Words that an organiser gives an event beside its category, so that people find events of a kind: `jazz`, `open air`. */

export const mostTags = 10;
export const mostTagLetters = 30;

/** The form in which a tag is kept and compared: small letters, single spaces, no `#`. */
const tagOf = (text: string): string =>
  text
    // What is longer is refused, and normalizing many accents takes long.
    .slice(0, 4 * mostTagLetters)
    .toLowerCase()
    .normalize('NFC')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/^#+\s*/, '');

export const tagSchema = z.string().check(
  z.maxLength(4 * mostTagLetters),
  z.overwrite(tagOf),
  z.minLength(1),
  z.maxLength(mostTagLetters),
  // A comma separates tags where they are typed.
  z.regex(/^[^\p{C},،;]+$/u, 'expected a word or a few, without commas'),
);

export const tagsSchema = z.array(tagSchema).check(
  z.maxLength(mostTags),
  z.overwrite((tags) => [...new Set(tags)]),
);

/** The tags of a text that somebody types, with commas between them. */
export const tagsIn = (text: string): string[] => [
  ...new Set(text.split(/[,،;]/).map(tagOf).filter(Boolean)),
];
