import type { Currency } from '../../../../contract/money.ts';
import { minorOf } from '../organise/numbers.ts';

/** Arabic and Persian digits as Latin ones, and the Arabic decimal sign as a point. */
const latin = (typed: string): string =>
  typed
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[\u06F0-\u06F9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replaceAll('\u066B', '.');

/** A typed whole number; NaN if it is something else. */
export const wholeOf = (typed: string): number => {
  const text = latin(typed).trim();
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
};

/** A typed amount in minor units; NaN if it is something else. */
export const amountOf = (typed: string, currency: Currency): number => minorOf(latin(typed), currency);
