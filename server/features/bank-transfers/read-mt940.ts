import { isIban, plainIban } from '../../../contract/iban.ts';
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

export const isMt940 = (text: string): boolean => /^:20:/m.test(text) && /^:6[02][FM]:/m.test(text);

/** Day, perhaps the month and day of booking, credit or debit, perhaps a letter of the currency, amount, type, references. */
const movement =
  /^(\d\d)(\d\d)(\d\d)(\d\d\d\d)?(R?[CD])[A-Z]?(\d{1,13}),(\d{0,3})([SNF][A-Z0-9]{3})([^\n]*?)(?:\/\/([^\n]*))?(?:\n|$)/;

/**
 * Reads the entries of MT940 (SWIFT): the fields :25:, :60F:, :61: and :86:. A field goes on until the next line that begins with
 * one. Field :86: may have subfields (`?20`, as German banks write it), words between slashes (`/REMI/`), or free text.
 */
export function readMt940(file: string): ParsedEntry[] {
  let iban: string | null = null;
  let currency: string | undefined;
  const entries: ParsedEntry[] = [];
  for (const { tag, value, row } of fieldsOf(file)) {
    if (tag === '20') [iban, currency] = [null, undefined];
    else if (tag === '25') iban = ibanIn(value);
    else if (tag === '60F' || tag === '60M') currency = value.slice(7, 10);
    else if (tag === '61') entries.push(movementOf(value, { iban, currency, row }));
    else if (tag === '86') describe(entries, value);
    // After the closing balance, :86: is about the whole statement.
    else if (tag === '62F' || tag === '62M') entries.push({ ...nothing, iban });
  }
  return collect(entries);
}

/** Takes a later :86: of the statement, and is no entry. */
const nothing: ParsedEntry = {
  iban: null,
  bookedOn: '',
  kind: 'debit',
  isReturn: false,
  amountMinor: 0,
  currency: 'EUR',
  payerName: null,
  payerIban: null,
  remittance: '',
  bankReference: null,
};

function* fieldsOf(file: string): Generator<{ tag: string; value: string; row: number }> {
  let field: { tag: string; lines: string[]; row: number } | null = null;
  let row = 0;
  for (const line of file.split(/\r\n|\n|\r/)) {
    row++;
    const [, tag, rest] = /^:(\d\d[A-Z]?):(.*)$/.exec(line) ?? [];
    const isEnd = line === '-' || line.startsWith('-}');
    if (tag === undefined && !isEnd) {
      field?.lines.push(line);
      continue;
    }
    if (field) yield { tag: field.tag, value: field.lines.join('\n'), row: field.row };
    field = tag === undefined ? null : { tag, lines: [rest ?? ''], row };
  }
  if (field) yield { tag: field.tag, value: field.lines.join('\n'), row: field.row };
}

function ibanIn(value: string): string | null {
  const text = plainIban(value.split('\n')[0] ?? '');
  const iban = /^\/?([A-Z]{2}\d{2}[A-Z0-9]{11,30}?)(?:[A-Z]{3})?$/.exec(text)?.[1] ?? '';
  return [iban, text].find(isIban) ?? null;
}

interface Within {
  iban: string | null;
  currency: string | undefined;
  row: number;
}

function movementOf(value: string, { iban, currency: code, row }: Within): ParsedEntry {
  const found = movement.exec(value);
  if (!found) throw refuseStatement('damaged', row);
  const [, year = '', month = '', day = '', booked, sign = '', whole = '', decimals = '', , customer, bank] =
    found;
  const currency = currencyOf(code, row);
  const isCredit = sign === 'C' || sign === 'RD';
  return {
    iban,
    bookedOn: bookedOn({ year, month, day }, booked, row),
    kind: isCredit ? 'credit' : sign === 'RC' ? 'returned' : 'debit',
    isReturn: sign.startsWith('R'),
    amountMinor: minorOf(whole, decimals, currency, row),
    currency,
    payerName: null,
    payerIban: null,
    remittance: tidyText(referenceIn(customer) ?? ''),
    bankReference: referenceIn(bank),
  };
}

/** The day of booking has no year: it is the one next to the value date. */
function bookedOn(
  value: { year: string; month: string; day: string },
  booked: string | undefined,
  row: number,
): string {
  if (!booked) return dayOf(value.year, value.month, value.day, row);
  const [month, day] = [booked.slice(0, 2), booked.slice(2)];
  const across = Number(month) - Number(value.month);
  const year = Number(value.year) + (across > 6 ? -1 : across < -6 ? 1 : 0);
  return dayOf(String(year).padStart(2, '0'), month, day, row);
}

function describe(entries: ParsedEntry[], value: string): void {
  const entry = entries.at(-1);
  if (!entry) return;
  const told = toldIn(value);
  entry.payerName = tidyName(told.name);
  const iban = plainIban(told.iban ?? '');
  entry.payerIban = isIban(iban) ? iban : null;
  // The reference of :61: comes last, because a person reads what the payer wrote.
  entry.remittance = tidyText(`${told.text} ${entry.remittance}`);
}

function toldIn(value: string): { text: string; name?: string | undefined; iban?: string | undefined } {
  const [, separator] = /^\d{3}([?<>@$#|^~])\d\d/.exec(value) ?? [];
  if (separator) return ofSubfields(value.slice(3), separator);
  const plain = value.replaceAll('\n', '');
  if (/^\/[A-Z]{2,4}\//.test(plain)) return ofWords(plain);
  return { text: value };
}

/** `?20` to `?29` and `?60` to `?63` have the text, in pieces of 27 signs without spaces between them. */
function ofSubfields(value: string, separator: string) {
  const parts = new Map<string, string>();
  for (const part of value.replaceAll('\n', '').split(separator).slice(1)) {
    const code = part.slice(0, 2);
    parts.set(code, (parts.get(code) ?? '') + part.slice(2));
  }
  const codes = [...parts.keys()].filter((code) => /^(2\d|6[0-3])$/.test(code)).sort();
  return {
    text: codes.map((code) => parts.get(code)).join(''),
    name: [parts.get('32'), parts.get('33')].join(''),
    iban: parts.get('31'),
  };
}

/** `/EREF/…/NAME/…/REMI/…`, as banks in the Netherlands and elsewhere write it. */
function ofWords(plain: string) {
  const words = new Map<string, string>();
  const parts = plain.split(/\/([A-Z]{3,4})\//);
  for (let i = 1; i < parts.length; i += 2) words.set(parts[i] as string, parts[i + 1] ?? '');
  return {
    text: [words.get('REMI'), words.get('EREF')].flatMap((text) => text ?? []).join(' ') || plain,
    name: words.get('NAME'),
    iban: words.get('IBAN'),
  };
}
