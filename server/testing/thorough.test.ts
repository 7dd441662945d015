import { expect, test } from 'vitest';
import { drawnOf, isThorough, sampleOf } from './thorough.ts';

test.skipIf(isThorough)('a sample has the first, the last and the even spread between', () => {
  expect(sampleOf([1, 2, 3, 4, 5, 6, 7], 3)).toEqual([1, 4, 7]);
  expect(sampleOf([1, 2], 3)).toEqual([1, 2]);
  expect(sampleOf([1, 2, 3], 1)).toEqual([1]);
});

test.skipIf(isThorough)('what is drawn is some of all, in their order, and other for others', () => {
  const all = Array.from({ length: 40 }, (_, at) => at);
  const drawn = drawnOf(all, 5, 'a');
  expect(drawn).toEqual([...new Set(drawn)].sort((a, b) => a - b));
  expect(drawn).toHaveLength(5);
  expect(all).toEqual(expect.arrayContaining(drawn));
  expect(drawnOf(all, 5, 'a')).toEqual(drawn);
  expect(drawnOf(all, 5, 'b')).not.toEqual(drawn);
  expect(drawnOf(all, 40, 'a')).toEqual(all);
  const everywhere = new Set(all.flatMap((of) => drawnOf(all, 5, `${of}`)));
  expect(everywhere.size).toBe(40);
});
