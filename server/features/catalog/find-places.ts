import { readFileSync } from 'node:fs';
import { memo } from '../../memo.ts';

const arabic: Record<string, string> = { ى: 'ي', ی: 'ي', ة: 'ه', ک: 'ك', ـ: '' };
const latin: Record<string, string> = { ß: 'ss', ø: 'o', ł: 'l', đ: 'd', æ: 'ae', ı: 'i', '’': "'" };

/** A name or word as it is looked up in lists of this program: case, accents and variants of letters do not count. */
export const foldName = (name: string): string =>
  ascii.test(name)
    ? name.toLowerCase()
    : name
        .normalize('NFKD')
        .replace(/\p{M}/gu, '')
        .toLowerCase()
        .replace(/[ىیةکـßøłđæı’]/gu, (letter) => arabic[letter] ?? latin[letter] ?? letter);

const ascii = /^[\x20-\x7e]*$/;

/**
 * The list of cities as bytes and numbers, in 1 MB. As strings in a Map it took 13 MB. A city is a line of the list, and
 * its number is the number of the line.
 */
interface Gazetteer {
  bytes: Buffer;
  /** Where each line begins; one more than there are lines. */
  lines: Uint32Array;
  /** Of each name the hash, and the number of the city that has the name, sorted by hash. */
  hashes: Uint32Array;
  cities: Uint16Array;
}

const remember = memo<Gazetteer>(1);

/** Read at the first search for words or a city, because not every process needs it. */
const gazetteer = (): Gazetteer =>
  remember('cities', () => readGazetteer(readFileSync(new URL('./cities.txt', import.meta.url))));

function readGazetteer(bytes: Buffer): Gazetteer {
  const starts = [0];
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, end + 1)) starts.push(end + 1);
  const lines = Uint32Array.from(starts);
  const names: [hash: number, city: number][] = [];
  for (let city = 0; city + 1 < lines.length; city++)
    for (const name of namesOf({ bytes, lines }, city)) names.push([hashOf(foldName(name)), city]);
  names.sort(([a], [b]) => a - b);
  return {
    bytes,
    lines,
    hashes: Uint32Array.from(names, ([hash]) => hash),
    cities: Uint16Array.from(names, ([, city]) => city),
  };
}

type Lines = Pick<Gazetteer, 'bytes' | 'lines'>;

/** Country, time zone and names of a line. The first line is a comment, and says nothing. */
function partsOf({ bytes, lines }: Lines, city: number): string[] {
  const line = bytes.toString('utf8', lines[city], (lines[city + 1] ?? 0) - 1);
  return line === '' || line.startsWith('#') ? [] : line.split('|');
}

const namesOf = (known: Lines, city: number): string[] => partsOf(known, city).slice(2);

/** FNV-1a over UTF-16 units. Equal hashes of different names are told apart by the names. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** The numbers of the cities that have this name, the largest city first. */
const citiesNamed = (name: string): number[] => {
  const known = gazetteer();
  const folded = foldName(name);
  const hash = hashOf(folded);
  const found = new Set<number>();
  for (let i = firstAt(known.hashes, hash); known.hashes[i] === hash; i++)
    found.add(known.cities[i] as number);
  const has = (city: number) => namesOf(known, city).some((each) => foldName(each) === folded);
  return [...found].filter(has).sort((a, b) => a - b);
};

/** The first place of a sorted list whose value is not less. */
function firstAt(sorted: Uint32Array, value: number): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((sorted[middle] as number) < value) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The names, in several languages, of the cities that have this name; none if it is no city's. */
export const namesOfPlace = (name: string): string[] => [
  ...new Set(citiesNamed(name).flatMap((city) => namesOf(gazetteer(), city))),
];

/** Thousands of events are in a few cities. */
const keys = memo<string>(5000);

/** The same key for all names and spellings of a place. Of several cities with the name, the largest one counts. */
export const placeKey = (name: string): string =>
  keys(name, () => {
    const [city] = citiesNamed(name.trim());
    return city === undefined ? foldName(name.trim()) : `city ${city}`;
  });

/**
 * The time zone of a city, or of its country if this is no larger city and the larger cities of the country share one
 * zone. Null if that leaves a doubt.
 */
export function timeZoneOfPlace(name: string, country: string | undefined): string | null {
  const found = citiesNamed(name.trim())
    .map((city) => partsOf(gazetteer(), city))
    .find(([of]) => country === undefined || of === country);
  return found?.[1] ?? (country === undefined ? null : zonesOfCountries().get(country)) ?? null;
}

const zonesByCountry = memo<Map<string, string | null>>(1);

/** The zone of each country whose larger cities share one; null for the others. */
const zonesOfCountries = () =>
  zonesByCountry('all', () => {
    const known = gazetteer();
    const zones = new Map<string, string | null>();
    for (let city = 0; city + 1 < known.lines.length; city++) {
      const [country, zone] = partsOf(known, city);
      if (country === undefined || zone === undefined) continue;
      zones.set(country, (zones.get(country) ?? zone) === zone && zones.get(country) !== null ? zone : null);
    }
    return zones;
  });
