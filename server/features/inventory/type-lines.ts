import { stepMinor } from '../../../contract/currencies.ts';
import type { PoolId } from '../../../contract/ids.ts';
import { formatMoney } from '../../../contract/money.ts';
import { priceOf } from '../../../contract/price.ts';
import { groupPriceOf, sellsAt } from '../../../contract/price-steps.ts';
import { memoPer } from '../../memo.ts';
import type { EventSale, SaleStep } from '../sale/event-sale.ts';
import { leastChargeMinor } from '../sale/least-charge.ts';
import { partsWith } from '../sale/price-parts.ts';
import { leftOfStep } from './free-places.ts';
import { type HoldLine, type Pool, type Refusal, refuse } from './inventory.ts';

type SaleType = EventSale['ticketTypes'][number];
type Terms = Pick<EventSale, 'bookingFee' | 'currency'>;

/** What the price of a place depends on. Null for places that nobody pays for: they use up no price step. */
export type PricedBy = { pools: ReadonlyMap<PoolId, Pool>; now: Date } | null;

/**
 * Decision: the lines of so many places of a ticket type. The first places have the price of the first step that still sells
 * tickets, and what a step does not have goes to the next one. A type without steps has one line.
 */
export function linesOf(sale: EventSale, type: SaleType, quantity: number, by: PricedBy): HoldLine[] {
  if (!type.steps || by === null) return knownLines(sale, type, quantity);
  const lines: HoldLine[] = [];
  let rest = quantity;
  for (const step of type.steps) {
    const left = leftOfStep(step, by.pools);
    if (!sellsAt({ until: step.until, left }, by.now.getTime())) continue;
    const places = Math.min(rest, left ?? rest);
    lines.push(atStep(lineOf(sale, type, places, step.listMinor), step));
    rest -= places;
    if (rest === 0) return lines;
  }
  return [...lines, lineOf(sale, type, rest, type.listMinor)];
}

const atStep = (line: HoldLine, step: SaleStep): HoldLine => ({
  ...line,
  pools: [...line.pools, step.poolId],
  step: { name: step.name, poolId: step.poolId },
});

const linesByQuantity = memoPer((_type: SaleType): HoldLine[][] => []);

/**
 * The lines of a ticket type whose price depends on nothing but the number of places. The holds of a stampede share them, so
 * that they are made, written as JSON and shown once. A ticket type belongs to one version of its sale.
 */
function knownLines(sale: EventSale, type: SaleType, quantity: number): HoldLine[] {
  const byQuantity = linesByQuantity(type);
  byQuantity[quantity] ??= [oneLine(sale, type, quantity)];
  return byQuantity[quantity];
}

function oneLine(sale: EventSale, type: SaleType, quantity: number): HoldLine {
  if (type.groups) {
    const { listMinor, groups } = type;
    return {
      ...lineOf(sale, type, quantity, groupPriceOf(groups, quantity)?.listMinor ?? listMinor),
      group: { listMinor, groups },
    };
  }
  const line = lineOf(sale, type, quantity, type.listMinor);
  return type.leastMinor === undefined ? line : { ...line, isChosen: true };
}

function lineOf(sale: Terms, type: SaleType, quantity: number, listMinor: number): HoldLine {
  const { tax } = type;
  const fee = sale.bookingFee;
  const pricing = tax === null && fee === null ? undefined : { listMinor, tax, fee };
  const parts = partsWith(listMinor, pricing, sale.currency);
  return {
    ticketTypeId: type.id,
    name: type.name,
    quantity,
    unitMinor: priceOf(parts),
    parts,
    ...(pricing && { pricing }),
    pools: type.poolIds,
    ...(type.product && { collect: type.product.collect }),
  };
}

/** Decision: the line of a ticket type whose price the buyer has named, or why the price is not possible. */
export function lineAtChosen(
  sale: EventSale,
  type: SaleType,
  quantity: number,
  priceMinor: number,
): HoldLine | Refusal {
  const { leastMinor } = type;
  if (leastMinor === undefined)
    return refuse('invalid_request', {
      detail: `"${type.name}" has a fixed price, so the request cannot name one.`,
    });
  const { currency } = sale;
  const inWords = (amount: number) => formatMoney({ amount, currency }, 'en');
  if (priceMinor % stepMinor(currency) !== 0)
    return refuse('invalid_request', {
      detail: `The price must be a multiple of ${inWords(stepMinor(currency))}.`,
    });
  // A card cannot pay less than the smallest charge, so a price above zero is at least that.
  const amount = Math.max(leastMinor, leastChargeMinor[currency]);
  if (priceMinor >= amount || (priceMinor === 0 && leastMinor === 0))
    return { ...lineOf(sale, type, quantity, priceMinor), isChosen: true };
  const orFree = leastMinor === 0 ? ', or are free' : '';
  return refuse('price_too_low', {
    ticketTypeId: type.id,
    least: { amount, currency },
    detail: `These tickets cost at least ${inWords(amount)}${orFree}.`,
  });
}

/** Decision: a line of a group price for another number of places, at the prices that were frozen with it. */
export function regrouped(line: HoldLine, quantity: number, sale: Pick<EventSale, 'currency'>): HoldLine {
  if (!line.group || line.quantity === quantity) return { ...line, quantity };
  const { listMinor, groups } = line.group;
  const unit = groupPriceOf(groups, quantity)?.listMinor ?? listMinor;
  const pricing = line.pricing && { ...line.pricing, listMinor: unit };
  const parts = partsWith(unit, pricing, sale.currency);
  return { ...line, quantity, unitMinor: priceOf(parts), parts, ...(pricing && { pricing }) };
}

/** What the next place of a ticket type costs, with tax and booking fee. */
export const priceMinorOfType = (sale: EventSale, type: SaleType, by: PricedBy): number =>
  linesOf(sale, type, 1, by)[0]?.unitMinor ?? 0;

/** One line with the places of two lines of one ticket type. */
export const bothOf = (a: HoldLine, b: HoldLine): HoldLine => ({
  ...a,
  quantity: a.quantity + b.quantity,
  ...(a.seats && { seats: [...a.seats, ...(b.seats ?? [])] }),
});
