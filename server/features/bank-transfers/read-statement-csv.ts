import { minorDigits } from '../../../contract/currencies.ts';
import { isIban, plainIban } from '../../../contract/iban.ts';
import type { Currency } from '../../../contract/money.ts';
import type { CsvColumns } from '../../../contract/statement-fields.ts';
import { csvLines } from '../../csv-lines.ts';
import {
  collect,
  currencyOf,
  dayOf,
  minorOf,
  type ParsedEntry,
  referenceIn,
  refuseStatement,
  tidyName,
  tidyText,
} from './statement.ts';

/** The titles that banks give to their columns, for files whose columns nobody has named. */
const usual: Record<keyof CsvColumns, string[]> = {
  date: [
    'buchungstag',
    'buchungsdatum',
    'booking date',
    'date',
    'fecha',
    'fecha operación',
    'date de comptabilisation',
  ],
  amount: ['betrag', 'betrag (€)', 'betrag (eur)', 'umsatz', 'amount', 'importe', 'montant'],
  text: [
    'verwendungszweck',
    'buchungstext',
    'description',
    'reference',
    'remittance information',
    'concepto',
    'libellé',
  ],
  name: [
    'beguenstigter/zahlungspflichtiger',
    'name zahlungsbeteiligter',
    'zahlungspflichtige*r',
    'auftraggeber/empfänger',
    'name',
    'payer',
    'ordenante',
  ],
  iban: ['kontonummer/iban', 'iban zahlungsbeteiligter', 'iban', 'account'],
  reference: ['bank reference', 'transaction id', 'referenz'],
  currency: ['währung', 'waehrung', 'currency', 'divisa', 'devise'],
};

/** Banks write up to so many lines about the account above the titles. */
const mostAbove = 40;

/** Reads the entries of a CSV file by the titles of its columns. An amount below 0 is a debit, and so is one whose column of the direction says so. */
export function readStatementCsv(text: string, columns: CsvColumns | null): ParsedEntry[] {
  for (const separator of [';', ',', '\t']) {
    const rows = csvLines(text, separator);
    for (const { row, cells } of rows) {
      if (row > mostAbove) break;
      const places = placesIn(cells, columns);
      if (places) return collect(entriesOf(rows, places));
    }
  }
  throw refuseStatement('unknown_format');
}

/** Titles of a column that says the direction, which amounts without a sign need. */
const directionTitles = ['s/h', 'soll/haben', 'd/c', 'c/d', 'debit/credit', 'credit/debit', 'dc'];
const isDebitWord = (text: string): boolean => /^(s|soll|d|dr|dbit|debit)$/i.test(text.trim());

type Places = Record<keyof CsvColumns | 'direction', number>;
const longestTitle = 200;
/** Cut before it gets its Unicode form, as in `tidyText`. */
const plainTitle = (title: string): string =>
  title.slice(0, longestTitle).trim().toLowerCase().normalize('NFC');

/** The places of the columns in a line of titles; -1 for a column that the file does not have. Null if it is no such line. */
function placesIn(cells: string[], columns: CsvColumns | null): Places | null {
  const titles = cells.map(plainTitle);
  const placeOf = (name: keyof CsvColumns): number => {
    const wanted = columns ? [columns[name]].flatMap((title) => title ?? []).map(plainTitle) : usual[name];
    return titles.findIndex((title) => wanted.includes(title));
  };
  const names = Object.keys(usual) as (keyof CsvColumns)[];
  const direction = titles.findIndex((title) => directionTitles.includes(title));
  const places = { ...Object.fromEntries(names.map((name) => [name, placeOf(name)])), direction } as Places;
  const needed = columns
    ? names.filter((name) => columns[name] !== null)
    : (['date', 'amount', 'text'] as const);
  return needed.every((name) => places[name] !== -1) ? places : null;
}

function* entriesOf(
  rows: Iterable<{ row: number; cells: string[] }>,
  places: Places,
): Generator<ParsedEntry> {
  for (const { row, cells } of rows) {
    if (cells.every((cell) => cell.trim() === '')) continue;
    const cell = (name: keyof Places): string => cells[places[name]] ?? '';
    // Lines below the entries, about balances.
    if (cell('date').trim() === '') continue;
    const currency = cell('currency').trim() === '' ? 'EUR' : currencyOf(cell('currency'), row);
    const { minor, isDebit } = amountOf(cell('amount'), currency, row);
    const iban = plainIban(cell('iban'));
    yield {
      iban: null,
      bookedOn: dateOf(cell('date'), row),
      kind: isDebit || isDebitWord(cell('direction')) ? 'debit' : 'credit',
      isReturn: false,
      amountMinor: minor,
      currency,
      payerName: tidyName(cell('name')),
      payerIban: isIban(iban) ? iban : null,
      remittance: tidyText(cell('text')),
      bankReference: referenceIn(cell('reference')),
    };
  }
}

/** `2026-11-02`, `02.11.2026`, `2.11.26` or `02/11/2026`: the day before the month, as outside the USA. */
function dateOf(text: string, row: number): string {
  const tidy = latin(text).trim();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})/.exec(tidy);
  if (iso) return dayOf(iso[1] as string, iso[2] as string, iso[3] as string, row);
  const other = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})$/.exec(tidy);
  if (!other) throw refuseStatement('bad_date', row);
  return dayOf(other[3] as string, other[2] as string, other[1] as string, row);
}

/**
 * Reads an amount with any separators: `1.234,56`, `1,234.56`, `1 234,56-`, `-50`. The last separator is that of the decimals, if no
 * more digits follow it than the currency has decimals.
 */
function amountOf(text: string, currency: Currency, row: number | null): { minor: number; isDebit: boolean } {
  const plain = latin(text)
    .replaceAll(/[\s'’]/g, '')
    .replace('\u2212', '-')
    .replace(/^([+-]?)[€$£]|[€$£]$|[A-Za-z]{3}$/g, '$1');
  const [, before, number = '', after] = /^([+-]?)([\d.,]+)([+-]?)$/.exec(plain) ?? [];
  if (before === undefined || (before && after)) throw refuseStatement('bad_amount', row);
  const last = Math.max(number.lastIndexOf('.'), number.lastIndexOf(','));
  const decimals = last === -1 ? '' : number.slice(last + 1);
  const hasDecimals = last !== -1 && decimals.length <= Math.max(minorDigits(currency), 2);
  const whole = hasDecimals ? number.slice(0, last) : number;
  const sign = /[.,]/.exec(whole)?.[0];
  // Thousands are in groups of three behind one separator, which is not that of the decimals.
  const isGrouped =
    sign === undefined || (sign !== (hasDecimals ? number[last] : '') && groups(sign).test(whole));
  if (!isGrouped) throw refuseStatement('bad_amount', row);
  const minor = minorOf(whole.replaceAll(/[.,]/g, '') || '0', hasDecimals ? decimals : '', currency, row);
  return { minor, isDebit: before === '-' || after === '-' };
}

const groups = (sign: string): RegExp => (sign === '.' ? /^\d{1,3}(\.\d{3})+$/ : /^\d{1,3}(,\d{3})+$/);

/** Digits of Arabic and Persian as ASCII, and their separators. */
const latin = (text: string): string =>
  text
    .replaceAll(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replaceAll(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replaceAll('٫', ',')
    .replaceAll('٬', '.')
    .replaceAll(/[\u200e\u200f\u061c]/g, '');
