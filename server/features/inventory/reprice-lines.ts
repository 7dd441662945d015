import { stepMinor } from '../../../contract/currencies.ts';
import type { Currency } from '../../../contract/money.ts';
import { priceOf } from '../../../contract/price.ts';
import type { EventSale, SalePromoCode } from '../sale/event-sale.ts';
import { leastChargeMinor } from '../sale/least-charge.ts';
import { partsWith } from '../sale/price-parts.ts';
import { ticketsMinorOf, totalOf } from '../sale/split.ts';
import { type HoldLine, type Refusal, refuse } from './inventory.ts';
import type { LedgerState } from './state.ts';

/**
 * Decision: the lines of a hold at the prices of a promo code, or at their full prices again where it is null. The
 * tickets that a code is good for are counted in a pool: a cheaper ticket takes a place from it besides its own.
 * Returns the same array if that code is already applied. Takes no places.
 */
export function repriceLines(
  sale: EventSale,
  state: Pick<LedgerState, 'pools'>,
  lines: HoldLine[],
  code: string | null,
  now: Date,
): HoldLine[] | Refusal {
  const present = lines.find((line) => line.promo)?.promo?.code ?? null;
  if (code === present) return lines;
  const full = lines.map((line) => atFullPrice(line, sale.currency));
  if (code === null) return full;
  const promo = sale.promoCodes.find((each) => each.code === code);
  if (!promo) return refuse('unknown_promo_code');
  if (promo.validUntil && now >= promo.validUntil)
    return refuse('promo_code_ended', { validUntil: promo.validUntil.toISOString() });
  const wanted = full.reduce((sum, line) => sum + (line.unitMinor > 0 ? line.quantity : 0), 0);
  const pool = state.pools.get(promo.poolId);
  const available = pool ? Math.max(0, pool.capacity - pool.held - pool.sold) : 0;
  if (wanted > available) return refuse('promo_code_used_up', { available, detail: usesLeft(available) });
  return reducedLines(full, promo, sale.currency);
}

/**
 * Decision: the lines of a hold that gets other places, with the promo code of the lines `before`. `lines` have their
 * full prices. If the hold gains no place, its places keep their reduced prices, whatever has become of the code.
 */
export function repriceAgain(
  sale: EventSale,
  state: Pick<LedgerState, 'pools'>,
  { lines, before, gains }: { lines: HoldLine[]; before: HoldLine[]; gains: boolean },
  now: Date,
): HoldLine[] | Refusal {
  const code = before.find((line) => line.promo)?.promo?.code ?? null;
  if (gains || code === null) return repriceLines(sale, state, lines, code, now);
  const kept = lines.map((line) => before.find(({ ticketTypeId }) => ticketTypeId === line.ticketTypeId));
  const { currency } = sale;
  const units = lines.map((line, i) => listMinorOf(kept[i] ?? line));
  const listed = lines.map((line) => ({ quantity: line.quantity, unitMinor: listMinorOf(line) }));
  const lifted = liftToLeast(listed, units, leastChargeMinor[currency], orderPrice(lines, currency));
  return lines.map((line, i) => {
    const promo = kept[i]?.promo;
    return promo ? reduced(line, promo, lifted[i] as number, currency) : line;
  });
}

const usesLeft = (count: number): string =>
  count === 0 ? 'This code is used up.' : `This code has only ${count} ${count === 1 ? 'use' : 'uses'} left.`;

export function atFullPrice(line: HoldLine, currency: Currency): HoldLine {
  if (!line.promo) return line;
  const { promo, ...rest } = line;
  const pools = line.pools.filter((id) => id !== promo.poolId);
  return { ...atListPrice(rest, rest.pricing?.listMinor ?? promo.fullMinor, currency), pools };
}

/** The line at another price of the organiser's, with tax and booking fee by the line's own terms. */
function atListPrice<Line extends Pick<HoldLine, 'pricing'>>(
  line: Line,
  listMinor: number,
  currency: Currency,
): Line & Pick<HoldLine, 'unitMinor' | 'parts'> {
  const parts = partsWith(listMinor, line.pricing, currency);
  return { ...line, unitMinor: priceOf(parts), parts };
}

/** The organiser's price of one place now, with the promo code that the line has. */
const listMinorOf = ({ promo, pricing, unitMinor }: HoldLine): number =>
  promo ? (promo.listMinor ?? unitMinor) : (pricing?.listMinor ?? unitMinor);

/**
 * Decision: lines at full price with a promo code. The code lowers the organiser's price, and tax and booking fee follow
 * from the lower price.
 */
function reducedLines(full: HoldLine[], promo: SalePromoCode, currency: Currency): HoldLine[] {
  const listed = full.map((line) => ({ quantity: line.quantity, unitMinor: listMinorOf(line) }));
  const units = reducedMinor(listed, promo, leastChargeMinor[currency], orderPrice(full, currency));
  return full.map((line, i) =>
    line.unitMinor > 0 ? reduced(line, promo, units[i] as number, currency) : line,
  );
}

/** A line at full price with a code that makes the organiser's price `listMinor`. */
function reduced(
  line: HoldLine,
  { code, poolId }: Pick<SalePromoCode, 'code' | 'poolId'>,
  listMinor: number,
  currency: Currency,
): HoldLine {
  return {
    ...atListPrice(line, listMinor, currency),
    pools: [...line.pools, poolId],
    promo: { code, poolId, fullMinor: line.unitMinor, ...(line.pricing && { listMinor }) },
  };
}

/** How the organiser's prices of these lines become the price of the order. */
const orderPrice = (lines: HoldLine[], currency: Currency): OrderPrice => ({
  step: stepMinor(currency),
  total: (units) => totalOf(lines.map((line, i) => atListPrice(line, units[i] as number, currency))),
});

type PricedLine = Pick<HoldLine, 'quantity' | 'unitMinor'>;

/** How the prices of the places become the price of the order, and the smallest part of it. */
interface OrderPrice {
  total(units: number[]): number;
  step: number;
}

/**
 * Decision: the organiser's price of one place of each line with a code, in minor units. A card cannot pay an order of less than
 * `leastMinor`, and such an order must not become free. So the code then takes off less: the cheapest places cost more,
 * by no more than the order needs.
 */
export function reducedMinor(
  full: PricedLine[],
  promo: Pick<SalePromoCode, 'percentOff' | 'amountOffMinor'>,
  leastMinor: number,
  price: OrderPrice = {
    total: (units) =>
      ticketsMinorOf(full.map(({ quantity }, i) => ({ quantity, unitMinor: units[i] as number }))),
    step: 1,
  },
): number[] {
  return liftToLeast(
    full,
    full.map(({ unitMinor }) => unitWith(unitMinor, promo, price.step)),
    leastMinor,
    price,
  );
}

function liftToLeast(
  full: PricedLine[],
  units: number[],
  leastMinor: number,
  { total, step }: OrderPrice,
): number[] {
  const from = (floorMinor: number) =>
    units.map((unit, i) => Math.min(atLeast(unit, floorMinor), full[i]?.unitMinor ?? 0));
  if (total(units) === 0 || total(units) >= leastMinor) return units;
  // No place needs to cost more than the least charge. The price grows with the floor, so halving finds the lowest floor.
  let [low, high] = [0, Math.ceil(leastMinor / step)];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (total(from(middle * step)) >= leastMinor) high = middle;
    else low = middle + 1;
  }
  return from(low * step);
}

/** The price of one place, rounded down to whole steps, but never to nothing unless the code gives the whole price. */
function unitWith(
  fullMinor: number,
  { percentOff, amountOffMinor }: Pick<SalePromoCode, 'percentOff' | 'amountOffMinor'>,
  step: number,
): number {
  if (percentOff === null) return Math.max(0, fullMinor - (amountOffMinor ?? 0));
  if (fullMinor === 0 || percentOff === 100) return 0;
  return Math.max(1, Math.floor((fullMinor * (100 - percentOff)) / (100 * step))) * step;
}

/** A place that the code makes free stays free. */
const atLeast = (unitMinor: number, floorMinor: number): number =>
  unitMinor === 0 ? 0 : Math.max(unitMinor, floorMinor);
