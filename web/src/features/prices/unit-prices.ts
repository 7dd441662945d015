import type { TicketType } from '../../../../contract/events.ts';
import type { Line } from '../../../../contract/holds.ts';
import { groupPriceOf, sellsAt } from '../../../../contract/price-steps.ts';

type Priced = Pick<TicketType, 'id' | 'price' | 'fullPrice' | 'priceSteps' | 'groupPrices'>;

interface Known {
  /** The lines of the buyer's hold. They keep their prices. */
  lines?: readonly Pick<Line, 'ticketTypeId' | 'quantity' | 'unitPrice'>[] | undefined;
  /** How many tickets each price step has left; undefined until the first answer. */
  left: readonly (number | null)[] | undefined;
  nowMs: number;
}

/** True for a ticket type whose price needs words: what it will be, for how many, or who decides it. */
export const needsWords = ({
  priceSteps,
  groupPrices,
  payWhatYouWant,
  minPerOrder,
}: Pick<TicketType, 'priceSteps' | 'groupPrices' | 'payWhatYouWant' | 'minPerOrder'>): boolean =>
  priceSteps.length + groupPrices.length > 0 || payWhatYouWant !== null || minPerOrder > 1;

/**
 * Decision: what each of so many tickets of a type costs this buyer, in minor units, as the server would decide it now
 * (inventory/type-lines.ts): first the prices of their hold, then each step's, then the price of the type.
 */
export function unitPrices(type: Priced, quantity: number, { lines = [], left, nowMs }: Known): number[] {
  const own = lines.flatMap((line) =>
    line.ticketTypeId === type.id ? Array<number>(line.quantity).fill(line.unitPrice.amount) : [],
  );
  if (type.groupPrices.length > 0) {
    if (own.length === quantity) return own;
    const { amount } = (groupPriceOf(type.groupPrices, quantity) ?? { price: type.fullPrice }).price;
    return Array<number>(quantity).fill(amount);
  }
  if (type.priceSteps.length === 0) return Array<number>(quantity).fill(own[0] ?? type.price.amount);
  const prices = own.slice(0, quantity);
  for (const [i, { until, price }] of type.priceSteps.entries()) {
    const most = left?.[i] ?? null;
    if (!sellsAt({ until, left: most }, nowMs)) continue;
    const places = Math.min(quantity - prices.length, most ?? quantity);
    prices.push(...Array<number>(places).fill(price.amount));
  }
  return prices.concat(Array<number>(quantity - prices.length).fill(type.fullPrice.amount));
}

/** The next number of tickets after a step to `next`: from none to the smallest order and back. */
export const fromLeast = (
  { minPerOrder }: Pick<TicketType, 'minPerOrder'>,
  now: number,
  next: number,
): number => (next >= minPerOrder ? next : next < now ? 0 : minPerOrder);

/** How many tickets each price step of a type has left; undefined until the first answer. */
export const stepsIn = (
  types: readonly { id: string; steps?: (number | null)[] | undefined }[] | undefined,
  typeId: string | undefined,
): (number | null)[] | undefined => types?.find(({ id }) => id === typeId)?.steps;

/** Arabic digits and their decimal sign as the digits of the API. */
const latin = (typed: string): string =>
  typed
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replace('\u066b', '.');

/**
 * Parses a price that a buyer types, `12.50` or `12,50`, to minor units. Null if it is no price, for example with a sign
 * between thousands, which could be read in two ways.
 */
export function typedMinor(typed: string, decimals: number): number | null {
  const match = /^\s*(\d{1,8})(?:[.,](\d*))?\s*$/.exec(latin(typed));
  const fraction = match?.[2] ?? '';
  if (!match || fraction.length > decimals) return null;
  return Number(match[1] + fraction.padEnd(decimals, '0'));
}
