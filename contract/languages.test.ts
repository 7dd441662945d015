import { expect, test } from 'vitest';
import { languageOf } from './languages.ts';

test.each([
  ['de', 'de'],
  ['de-AT', 'de'],
  ['AR-eg-u-nu-arab', 'ar'],
  ['fr, de', 'fr'],
  ['de;q=0.3, es;q=0.9, fr;q=0.5', 'es'],
  ['de;q=0.5,en', 'en'],
  ['nl, pt-BR;q=0.9, de ; q=0.100', 'de'],
  ['fr;q=0, de;q=0.001', 'de'],
  ['fr;q=0.000', 'en'],
  ['*', 'en'],
  ['nl', 'en'],
])('%s is answered in %s', (header, language) => {
  expect(languageOf(header)).toBe(language);
});

test.each([
  [''],
  [',;,;q=,'],
  ['de;q=5'],
  ['de;q=-1'],
  ['de;q=1e9'],
  ['de_DE'],
  ['<script>'],
  ['__proto__'],
  ['constructor, toString'],
  ['de\0'],
])('%j is no preference of ours', (header) => {
  expect(languageOf(header)).toBe('en');
});

test('a missing header means English, and an absurdly long one is not parsed', () => {
  expect(languageOf(undefined)).toBe('en');
  expect(languageOf(`${'x, '.repeat(332)}de`)).toBe('de');
  expect(languageOf(`${'x, '.repeat(333)}de`)).toBe('en');
});
