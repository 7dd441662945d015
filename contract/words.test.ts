import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import compile from 'icu-minify/compile';
import { describe, expect, it } from 'vitest';
import { languages } from './languages.ts';
import type { Catalogue } from './words.ts';

const root = join(import.meta.dirname, '..');
const features = ['web/src/features', 'server/features'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .map((name) => `${folder}/${name}`)
    .filter((feature) => existsSync(join(root, feature, 'en.ts'))),
);

const read = async (feature: string, language: string): Promise<Catalogue> =>
  (await import(join(root, feature, `${language}.ts`))).default;

it('finds the catalogues of both sides', () => {
  expect(features).toEqual(expect.arrayContaining(['web/src/features/buy', 'server/features/notifications']));
});

describe.each(Object.keys(languages))('the words in %s', (language) => {
  it('are those that English has, with the same values', async () => {
    const differences: string[] = [];
    for (const feature of features) {
      const [english, own] = await Promise.all([read(feature, 'en'), read(feature, language)]);
      for (const key of new Set([...Object.keys(english), ...Object.keys(own)])) {
        const [expected, found] = [say(english[key]), say(own[key])];
        if (found !== expected)
          differences.push(`${feature}/${language}.ts, ${key}: ${found}, not ${expected}`);
      }
    }
    expect(differences).toEqual([]);
  });

  it('have every plural form that the language needs for whole numbers', async () => {
    const rules = new Intl.PluralRules(language);
    const needed = new Set(Array.from({ length: 1000 }, (_, count) => rules.select(count)));
    const lacking: string[] = [];
    for (const feature of features) {
      for (const [key, message] of Object.entries(await read(feature, language))) {
        const forms = branches(compile(message)).map(([, plural]) => Object.keys(plural));
        for (const form of needed) {
          if (forms.some((own) => !own.includes(form)))
            lacking.push(`${feature}/${language}.ts, ${key}: ${form}`);
        }
      }
    }
    expect(lacking).toEqual([]);
  });
});

/** The values of a message: `with name, price`. */
function say(message: string | undefined): string {
  if (message === undefined) return 'missing';
  return `with ${[...new Set(namesIn(compile(message)))].sort().join(', ') || 'no values'}`;
}

function namesIn(compiled: unknown): string[] {
  const within = branches(compiled).flatMap(([, forms]) => Object.values(forms).flatMap(namesIn));
  const nodes = Array.isArray(compiled) ? compiled.filter(Array.isArray) : [];
  return [...nodes.map(([name]) => String(name)), ...within];
}

/** Each plural in a compiled message, with its forms: `['count', { one: …, other: … }]`. */
function branches(compiled: unknown): [string, Record<string, unknown>][] {
  const nodes = Array.isArray(compiled) ? compiled.filter(Array.isArray) : [];
  return nodes.flatMap(([name, , forms]) => (typeof forms === 'object' ? [[name, forms]] : []));
}
