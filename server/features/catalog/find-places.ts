import { readFileSync } from 'node:fs';
import { memo } from '../../memo.ts';

const arabic: Record<string, string> = { ى: 'ي', ی: 'ي', ة: 'ه', ک: 'ك', ـ: '' };
const latin: Record<string, string> = { ß: 'ss', ø: 'o', ł: 'l', đ: 'd', æ: 'ae', ı: 'i', '’': "'" };

/** A name or word as it is looked up in lists of this program: case, accents and variants of letters do not count. */
export const foldName = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ىیةکـßøłđæı’]/gu, (letter) => arabic[letter] ?? latin[letter] ?? letter);

interface Gazetteer {
  cities: string[];
  /** For each folded name the cities that have it, as indexes of `cities`. */
  byName: Map<string, number | number[]>;
}

const remember = memo<Gazetteer>(1);

/** Read at the first search for words: it takes 0.1 to 0.2 s and about 13 MB, which not every process needs. */
function readGazetteer(): Gazetteer {
  const cities = readFileSync(new URL('./cities.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const byName: Gazetteer['byName'] = new Map();
  for (const [index, line] of cities.entries()) {
    for (const name of line.split('|')) {
      const key = foldName(name);
      const known = byName.get(key);
      byName.set(key, known === undefined ? index : [known, index].flat());
    }
  }
  return { cities, byName };
}

/** The names, in several languages, of the cities that have this name; none if it is no city's. */
export function namesOfPlace(name: string): string[] {
  const { cities, byName } = remember('cities', readGazetteer);
  const found = byName.get(foldName(name)) ?? [];
  return [...new Set([found].flat().flatMap((index) => cities[index]?.split('|') ?? []))];
}
