import { minorDigits } from '../../../contract/currencies.ts';
import { Refused } from '../../../contract/errors.ts';
import type { Currency } from '../../../contract/money.ts';
import { currencySchema, maxAmountMinor } from '../../../contract/money.ts';
import { mostStatementEntries, type StatementFault } from '../../../contract/statement-fields.ts';

/** One movement of a statement, whatever format it came in. */
export interface ParsedEntry {
  /** The IBAN of the statement's account; null if the file names none. */
  iban: string | null;
  /** `2026-11-02`. */
  bookedOn: string;
  /** returned: the bank took a credit back. */
  kind: 'credit' | 'debit' | 'returned';
  /** A transfer of ours that came back. It is never assigned to the order that its text names. */
  isReturn: boolean;
  amountMinor: number;
  currency: Currency;
  payerName: string | null;
  payerIban: string | null;
  /** What the payer wrote, and all references that the bank carried with it. */
  remittance: string;
  bankReference: string | null;
}

export const refuseStatement = (fault: StatementFault, row: number | null = null): Refused =>
  new Refused('statement_refused', { fault, row });

/** Collects the entries of a file, up to the most that one may have. */
export function collect(entries: Iterable<ParsedEntry>): ParsedEntry[] {
  const all: ParsedEntry[] = [];
  for (const entry of entries) {
    if (all.length === mostStatementEntries) throw refuseStatement('too_many');
    // Banks book notices of nothing.
    if (entry.amountMinor > 0) all.push(entry);
  }
  return all;
}

export function currencyOf(text: string | undefined, row: number | null): Currency {
  const parsed = currencySchema.safeParse(text?.trim().toUpperCase());
  if (!parsed.success) throw refuseStatement('bad_currency', row);
  return parsed.data;
}

/** Reads a day; it must exist in the calendar. */
export function dayOf(year: string, month: string, day: string, row: number | null): string {
  const full = year.length === 2 ? `20${year}` : year;
  const text = `${full}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = new Date(`${text}T00:00:00Z`);
  if (!/^2\d{3}-/.test(text) || Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== text)
    throw refuseStatement('bad_date', row);
  return text;
}

/** Whole minor units of an amount without a sign: `whole` and `decimals` are digits. */
export function minorOf(whole: string, decimals: string, currency: Currency, row: number | null): number {
  const digits = minorDigits(currency);
  const rest = decimals.slice(digits);
  const minor = Number(whole + decimals.slice(0, digits).padEnd(digits, '0'));
  // ISO 20022 allows five decimals. What no coin can pay is wrong.
  if (!/^\d+$/.test(whole) || !/^\d*$/.test(decimals) || /[1-9]/.test(rest) || minor > maxAmountMinor)
    throw refuseStatement('bad_amount', row);
  return minor;
}

const longestName = 140;
const longestRemittance = 1000;

/**
 * A text without control characters and repeated spaces, in its one Unicode form. It is cut first, because that form of a long text takes
 * a time that grows with the square of its accents.
 */
export const tidyText = (text: string, longest = longestRemittance): string =>
  text
    .slice(0, 4 * longest)
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .normalize('NFC')
    .slice(0, longest);

export const tidyName = (text: string | null | undefined): string | null =>
  tidyText(text ?? '', longestName) || null;

/** References that mean that there is none. */
const noReference = /^(NONREF|NOTPROVIDED|NOT PROVIDED|UNKNOWN|0*)$/i;

export const referenceIn = (text: string | null | undefined): string | null => {
  const tidy = tidyText(text ?? '', 80);
  return noReference.test(tidy) ? null : tidy;
};
