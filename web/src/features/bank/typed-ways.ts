import type { EventWays } from '../../../../contract/pay-way-fields.ts';
import { minorOf } from '../organise/numbers.ts';

/** What stands in the fields of the terms, as it was typed. */
export const typedTerms = ({ bankTransfer, unpaid }: EventWays) => ({
  isOffered: bankTransfer !== null,
  days: String(bankTransfer?.days ?? 7),
  hoursBefore: String(bankTransfer?.hoursBefore ?? 72),
  from: String((bankTransfer?.fromMinor ?? 0) / 100),
  perBuyer: String(unpaid.perBuyer),
  perNetwork: String(unpaid.perNetwork),
  inAll: String(unpaid.inAll),
});
export type TypedTerms = ReturnType<typeof typedTerms>;

/** Digits of Arabic and Persian count as those of ASCII. */
const latin = (text: string): string =>
  text
    .replaceAll(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replaceAll(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replaceAll('٫', '.');

const wholeOf = (text: string): number =>
  /^\d{1,6}$/.test(latin(text).trim()) ? Number(latin(text)) : Number.NaN;

/** What the fields say; a number that cannot be read is none, and the schema of the contract refuses it. */
export const termsOf = (typed: TypedTerms) => ({
  bankTransfer: typed.isOffered
    ? {
        days: wholeOf(typed.days),
        hoursBefore: wholeOf(typed.hoursBefore),
        fromMinor: minorOf(latin(typed.from), 'EUR'),
      }
    : null,
  unpaid: {
    perBuyer: wholeOf(typed.perBuyer),
    perNetwork: wholeOf(typed.perNetwork),
    inAll: wholeOf(typed.inAll),
  },
});
