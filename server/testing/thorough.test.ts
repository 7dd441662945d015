import { expect, test } from 'vitest';
import { isThorough, sampleOf } from './thorough.ts';

test.skipIf(isThorough)('a sample has the first, the last and the even spread between', () => {
  expect(sampleOf([1, 2, 3, 4, 5, 6, 7], 3)).toEqual([1, 4, 7]);
  expect(sampleOf([1, 2], 3)).toEqual([1, 2]);
  expect(sampleOf([1, 2, 3], 1)).toEqual([1]);
});
