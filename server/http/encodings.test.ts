import { expect, test } from 'vitest';
import { chooseEncoding } from './encodings.ts';

test.each([
  [undefined, null],
  ['identity', null],
  ['gzip', 'gzip'],
  ['gzip;q=0.8, br;q=0.9', 'br'],
  ['br;q=0, gzip', 'gzip'],
  ['BR', 'br'],
])('Accept-Encoding %j is answered with %s', (header, encoding) => {
  expect(chooseEncoding(header)).toBe(encoding);
});
