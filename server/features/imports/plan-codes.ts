import { minorDigits, stepMinor } from '../../../contract/currencies.ts';
import type { TicketTypeId } from '../../../contract/ids.ts';
import type { ImportField } from '../../../contract/import-fields.ts';
import { maxPriceMinor } from '../../../contract/money.ts';
import { promoCodeSchema } from '../../../contract/promo-codes.ts';
import { mostKeptPlaces, tagSchema } from '../../../contract/voucher-fields.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { type BadRows, type Columns, cellOf, type Table, type TableRow } from './table.ts';
import { findTypes } from './ticket-names.ts';
import { dayFirstIn, instantOf, minorOf, wholeOf, yesOf } from './values.ts';

/** What codes of one batch have in common. */
export interface CodeTerms {
  percentOff: number | null;
  amountOffMinor: number | null;
  priceMinor: number | null;
  ticketTypeIds: TicketTypeId[] | null;
  uses: number;
  keepsPlaces: boolean;
  validUntil: string | null;
}

export interface ForeignCode {
  code: string;
  tag: string;
  terms: CodeTerms;
  row: TableRow;
}

/** What pretix's "Price effect" says, in English and German, and in its API. */
const effects: [RegExp, 'none' | 'price' | 'amount' | 'percent'][] = [
  [/^(no effect|none|keine? (auswirkung|effekt).*|)$/i, 'none'],
  [/^(set product price to|set|.*produktpreis.*(auf|setzen).*|setze.*)$/i, 'price'],
  [/^(subtract from product price|subtract|.*(abziehen|ziehe).*)$/i, 'amount'],
  [/^(reduce product price by.*|percent|.*(reduziere|verringere).*)$/i, 'percent'],
];

/** What is longer is no effect, and patterns would search it for long. */
const longestEffect = 100;

/** pretix's words for a voucher of every product. */
const anyProduct = /^(any product|(jedes|beliebiges) produkt|tous les produits|cualquier producto)$/i;

/** Decision: the codes of a file. A code that is used up or ended is left out; each bad row is named. */
export function planCodes(
  table: Table,
  columns: Columns,
  sale: Pick<EventSale, 'ticketTypes' | 'currency' | 'timeZone' | 'endsAt'>,
  {
    ticketTypes,
    dayFirst,
  }: { ticketTypes: Record<string, TicketTypeId | null>; dayFirst: boolean | undefined },
  bad: BadRows,
  now: Date,
): { codes: ForeignCode[]; leftOut: number } {
  const typeOf = findTypes(sale, ticketTypes);
  const seen = new Set<string>();
  const codes: ForeignCode[] = [];
  const slashes = dayFirst ?? dayFirstIn(table.rows.map((row) => cellOf(columns, row, 'validUntil')));
  let leftOut = 0;
  for (const row of table.rows) {
    const cell = (field: ImportField) => cellOf(columns, row, field);
    const code = promoCodeSchema.safeParse(cell('code'));
    if (!code.success) bad.add(row, cell('code') === '' ? 'missing' : 'bad_code', 'code');
    const tag = tagSchema.safeParse(cell('tag'));
    if (!tag.success) bad.add(row, 'too_long', 'tag');
    const validUntil = endIn(row, columns, { timeZone: sale.timeZone, dayFirst: slashes }, bad);
    const uses = usesIn(row, columns, bad);
    if ((uses !== null && uses <= 0) || (validUntil !== null && validUntil <= now)) {
      leftOut++;
      continue;
    }
    const effect = effectIn(row, columns, sale, bad);
    const product = anyProduct.test(cell('ticketType')) ? '' : cell('ticketType');
    const type = product === '' ? undefined : typeOf(product, '');
    if (type === 'left-out') {
      leftOut++;
      continue;
    }
    if (type === null) bad.add(row, 'unknown_ticket_type', 'ticketType');
    const keepsPlaces = yesOf(cell('keepsPlaces'));
    if (keepsPlaces === null) bad.add(row, 'bad_value', 'keepsPlaces');
    if (keepsPlaces && type === undefined) bad.add(row, 'needs_one_ticket_type', 'keepsPlaces');
    if (keepsPlaces && type?.zone != null) bad.add(row, 'numbered_seats', 'ticketType');
    if (keepsPlaces && (uses ?? 1) > mostKeptPlaces) bad.add(row, 'bad_number', 'uses');
    if (code.success && seen.has(code.data)) bad.add(row, 'twice', 'code');
    if (code.success) seen.add(code.data);
    if (bad.has(row) || !code.success || !tag.success) continue;
    codes.push({
      code: code.data,
      tag: tag.data,
      row,
      terms: {
        ...effect,
        ticketTypeIds: type ? [type.id] : null,
        uses: uses ?? 1,
        keepsPlaces: keepsPlaces ?? false,
        validUntil: validUntil?.toISOString() ?? null,
      },
    });
  }
  return { codes, leftOut };
}

/** How often the code may still be used; 1 if the file does not say. */
function usesIn(row: TableRow, columns: Columns, bad: BadRows): number | null {
  const numberIn = (field: ImportField, otherwise: number): number => {
    const text = cellOf(columns, row, field);
    const number = text === '' ? otherwise : wholeOf(text);
    if (number === null || number > 1_000_000) bad.add(row, 'bad_number', field);
    return number ?? otherwise;
  };
  return numberIn('uses', 1) - numberIn('used', 0);
}

function endIn(
  row: TableRow,
  columns: Columns,
  clocks: { timeZone: string; dayFirst: boolean | null },
  bad: BadRows,
): Date | null {
  const text = cellOf(columns, row, 'validUntil');
  if (text === '') return null;
  const end = instantOf(text, '', { ...clocks, isEnd: true });
  if (end instanceof Date) return end;
  bad.add(row, end, 'validUntil');
  return null;
}

type Effect = Pick<CodeTerms, 'percentOff' | 'amountOffMinor' | 'priceMinor'>;
const noEffect: Effect = { percentOff: null, amountOffMinor: null, priceMinor: null };

/** What the code does to a price: pretix's effect and value, or a column for each effect. At most one. */
function effectIn(
  row: TableRow,
  columns: Columns,
  { currency }: Pick<EventSale, 'currency'>,
  bad: BadRows,
): Effect {
  const money = (field: ImportField): number | null => {
    const minor = minorOf(cellOf(columns, row, field), minorDigits(currency));
    if (minor === null || minor > maxPriceMinor || minor % stepMinor(currency) !== 0)
      bad.add(row, 'bad_amount', field);
    return minor;
  };
  const percent = (field: ImportField): number | null => {
    const whole = wholeOf(cellOf(columns, row, field));
    if (whole === null || whole > 100) bad.add(row, 'bad_number', field);
    // Nothing off is no effect.
    return whole || null;
  };
  const said = cellOf(columns, row, 'effect');
  const kind = effects.find(([words]) => words.test(said.slice(0, longestEffect)))?.[1];
  if (kind === undefined) bad.add(row, 'bad_effect', 'effect');
  if (kind === 'price') return { ...noEffect, priceMinor: money('value') };
  if (kind === 'amount') return { ...noEffect, amountOffMinor: money('value') || null };
  if (kind === 'percent') return { ...noEffect, percentOff: percent('value') };
  const own = (['percentOff', 'amountOff', 'price'] as const).filter(
    (field) => cellOf(columns, row, field) !== '',
  );
  if (own.length > 1) bad.add(row, 'two_effects', own[1]);
  if (own[0] === 'percentOff') return { ...noEffect, percentOff: percent('percentOff') };
  if (own[0] === 'amountOff') return { ...noEffect, amountOffMinor: money('amountOff') || null };
  if (own[0] === 'price') return { ...noEffect, priceMinor: money('price') };
  return noEffect;
}
