import { minorDigits } from '../../../../contract/currencies.ts';
import type { Currency } from '../../../../contract/money.ts';

/** Parses a typed number; NaN if nothing was typed. */
export const numberOf = (typed: string): number => (typed.trim() === '' ? Number.NaN : Number(typed));

export const majorOf = (amountMinor: number, currency: Currency): string => {
  const decimals = minorDigits(currency);
  return (amountMinor / 10 ** decimals).toFixed(amountMinor % 10 ** decimals === 0 ? 0 : decimals);
};

/** Parses `12.50` or `12,50` to whole minor units; NaN if it is no price. */
export function minorOf(typed: string, currency: Currency): number {
  const match = /^\s*(\d+)(?:[.,](\d*))?\s*$/.exec(typed);
  const decimals = minorDigits(currency);
  const fraction = match?.[2] ?? '';
  if (!match || fraction.length > decimals) return Number.NaN;
  return Number(match[1] + fraction.padEnd(decimals, '0'));
}

/** Seconds as minutes with at most two decimals. Every whole number of seconds up to an hour has its own text. */
export const minutesOf = (seconds: number): string => String(Math.round((seconds / 60) * 100) / 100);

export const secondsOf = (typedMinutes: string): number => Math.round(numberOf(typedMinutes) * 60);

/** Parses a coordinate in degrees, `52.52` or `52,52`; null if nothing was typed. */
export const degreesOf = (typed: string): number | null =>
  typed.trim() === '' ? null : Number(typed.replace(',', '.'));
