const maxLetters = 80;

/** Latin letters that Unicode does not split into a base letter and marks. */
const spelledOut: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
};

/**
 * Makes the readable part of an event's address: `Łódź: Fête de l’Été` becomes `lodz-fete-de-l-ete`. Letters of other
 * scripts stay, because browsers show them as they are and an invented spelling helps nobody. Characters that are
 * neither letters nor digits, like emoji, are removed. It is never empty and never looks like an id.
 */
export function slugOf(title: string): string {
  const plain = title
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/(\p{Script=Latin}|\p{Script=Greek})\p{M}+/gu, '$1')
    .normalize('NFC')
    .replaceAll(/[ßæœøđðłþı]/g, (letter) => spelledOut[letter] ?? letter);
  const words = plain.replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '-').replaceAll(/^-+|-+$/g, '');
  const slug = [...words].slice(0, maxLetters).join('').replace(/-+$/, '');
  return slug || 'event';
}

/** The first of `base`, `base-2`, `base-3` … that is free. */
export function freeSlug(base: string, taken: ReadonlySet<string>): string {
  if (!taken.has(base)) return base;
  for (let n = 2; ; n++) if (!taken.has(`${base}-${n}`)) return `${base}-${n}`;
}
