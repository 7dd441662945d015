import { expect, test } from 'vitest';
import { readNumber, writeNumber } from './typed-number.ts';

test('a number is read as people type it, and anything else is none', () => {
  expect(readNumber('12')).toBe(12);
  expect(readNumber(' 12,5 ')).toBe(12.5);
  expect(readNumber('١٢٫٥')).toBe(12.5);
  expect(readNumber('۳')).toBe(3);
  expect(readNumber('−15')).toBe(-15);
  for (const wrong of ['', '-', '1,000.5', '1e3', '0x1f', 'twelve', '1 2'])
    expect(readNumber(wrong)).toBeNull();
});

test('a field shows no more decimals than anybody needs', () => {
  expect(writeNumber(1 / 3)).toBe('0.33');
  expect(writeNumber(12)).toBe('12');
});
