import { stepMinor } from '../../../contract/currencies.ts';
import type { Currency } from '../../../contract/money.ts';
import { priceOf } from '../../../contract/price.ts';
import type { EventSale, SalePromoCode } from '../sale/event-sale.ts';
import { leastChargeMinor } from '../sale/least-charge.ts';
import { partsWith } from '../sale/price-parts.ts';
import { ticketsMinorOf, totalOf } from '../sale/split.ts';
import { isExtra } from './extras.ts';
import { type HoldLine, type Refusal, refuse } from './inventory.ts';
import type { LedgerState } from './state.ts';
import { endOf, hasSeat, offOf, type Reduction, reductionOf, seatApart } from './voucher.ts';

/**
 * Decision: the lines of a hold at the prices of a promo code, or at their full prices again where it is null. The
 * tickets that a code is good for are counted in a pool: a cheaper ticket takes a place from it besides its own.
 * Returns the same array if that code is already applied. Takes no places.
 */
export function repriceLines(
  sale: EventSale,
  state: Pick<LedgerState, 'pools' | 'vouchers'>,
  lines: HoldLine[],
  code: string | null,
  now: Date,
): HoldLine[] | Refusal {
  return repriced(sale, state, { lines, before: lines }, code, now);
}

function repriced(
  sale: EventSale,
  state: Pick<LedgerState, 'pools' | 'vouchers'>,
  { lines, before }: { lines: HoldLine[]; before: HoldLine[] },
  code: string | null,
  now: Date,
): HoldLine[] | Refusal {
  const present = lines.find((line) => line.promo)?.promo?.code ?? null;
  if (code === present) return lines;
  const atFull = lines.map((line) => atFullPrice(line, sale.currency));
  if (code === null) return atFull;
  const promo = reductionFor(sale, state, { code, before }, now);
  if ('kind' in promo) return promo;
  const full = atFull.flatMap((line) => seatApart(line, promo.seat ?? null));
  const counted = full.map((line) => countsAsUse(sale, promo, line));
  const wanted = full.reduce((sum, line, i) => sum + (counted[i] ? line.quantity : 0), 0);
  // The buyer has named the price of these tickets, so it has no reduction.
  if (wanted === 0 && full.every(({ isChosen }) => isChosen)) return refuse('promo_code_not_for_these');
  const pool = state.pools.get(promo.poolId);
  const available = pool ? Math.max(0, pool.capacity - pool.held - pool.sold) : 0;
  if (wanted > available) return refuse('promo_code_used_up', { available, detail: usesLeft(available) });
  if (promo.isVoucher && wanted === 0) return refuse('code_not_for_places');
  return reducedLines(full, promo, counted, sale.currency);
}

/**
 * Whether the places of a line count as uses of the code. No code reduces a price that the buyer has named, but such a ticket
 * counts too if it can be had only with the code: its type is hidden, or its places are kept.
 */
const countsAsUse = ({ ticketTypes }: EventSale, promo: Reduction, line: HoldLine): boolean =>
  promo.concerns(line) &&
  (!line.isChosen ||
    promo.poolsOf !== undefined ||
    (promo.isVoucher === true && ticketTypes.some(({ id, hidden }) => hidden && id === line.ticketTypeId)));

/** Decision: lines at full price with what a code takes off, however many uses it has left. */
export const withReduction = (sale: EventSale, full: HoldLine[], promo: Reduction): HoldLine[] =>
  reducedLines(
    full,
    promo,
    full.map((line) => countsAsUse(sale, promo, line)),
    sale.currency,
  );

/** Decision: what a code does to prices now, or why not. The event's own promo codes come first. */
export function reductionFor(
  sale: EventSale,
  { vouchers }: Pick<LedgerState, 'vouchers'>,
  { code, before }: { code: string; before: HoldLine[] },
  now: Date,
): Reduction | Refusal {
  const { promo, voucher } = codeNamed(sale, vouchers, code);
  const terms = termsOf(sale, { vouchers }, { code, before });
  if (!terms) return refuse('unknown_promo_code');
  const validUntil = promo?.validUntil ?? null;
  const endedAt = voucher ? endOf(voucher, now) : validUntil && now >= validUntil ? validUntil : null;
  return endedAt ? refuse('promo_code_ended', { validUntil: endedAt.toISOString() }) : terms;
}

function codeNamed(sale: EventSale, vouchers: LedgerState['vouchers'], code: string) {
  const promo = sale.promoCodes.find((each) => each.code === code);
  return { promo, voucher: promo ? undefined : vouchers?.byCode.get(code) };
}

/** What a code does to prices, whether or not it has ended; null if there is none. */
function termsOf(
  sale: EventSale,
  { vouchers }: Pick<LedgerState, 'vouchers'>,
  { code, before }: { code: string; before: HoldLine[] },
): Reduction | null {
  const { promo, voucher } = codeNamed(sale, vouchers, code);
  if (promo) return { ...promo, concerns: (line) => line.unitMinor > 0 && !isExtra(line), budgetMinor: null };
  const used = before.some((line) => line.promo?.code === code) ? offOf(before) : 0;
  return voucher ? reductionOf(voucher, used) : null;
}

/**
 * Decision: the lines of a hold that gets other places, with the promo code of the lines `before`. `lines` have their
 * full prices. If the hold gains no place, its places keep their reduced prices, whatever has become of the code.
 */
export function repriceAgain(
  sale: EventSale,
  state: Pick<LedgerState, 'pools' | 'vouchers'>,
  { lines: wanted, before, gains }: { lines: HoldLine[]; before: HoldLine[]; gains: boolean },
  now: Date,
): HoldLine[] | Refusal {
  const code = before.find((line) => line.promo)?.promo?.code ?? null;
  const seat = state.vouchers?.byCode.get(code ?? '')?.seat ?? null;
  const lines = wanted.flatMap((line) => seatApart(line, seat));
  const kept = lines.map((line) => before.find((other) => isAlike(other, line, seat)));
  if (gains || code === null) return repriced(sale, state, { lines, before }, code, now);
  const { currency } = sale;
  // A smaller group has another price, which the code reduces anew.
  const regroups = lines.some((line, i) => line.group && line.unitMinor !== fullMinorOf(kept[i] ?? line));
  if (regroups) {
    const promo = termsOf(sale, state, { code, before });
    const counted = kept.map((line) => line?.promo !== undefined);
    if (promo) return reducedLines(lines, promo, counted, currency);
  }
  // If the event has no such code any more, it takes as much off a place as before.
  const units = lines.map((line, i) => Math.max(0, listMinorOf(line) - listOffOf(kept[i])));
  const listed = lines.map((line) => ({ quantity: line.quantity, unitMinor: listMinorOf(line) }));
  const lifted = liftToLeast(listed, units, leastChargeMinor[currency], orderPrice(lines, currency));
  return lines.map((line, i) => {
    const promo = kept[i]?.promo;
    return promo ? reduced(line, promo, lifted[i] as number, currency) : line;
  });
}

const fullMinorOf = ({ promo, unitMinor }: HoldLine): number => promo?.fullMinor ?? unitMinor;

/** How much less the organiser gets for one place because of the code. */
const listOffOf = (line: HoldLine | undefined): number =>
  line?.promo ? (line.pricing?.listMinor ?? line.promo.fullMinor) - listMinorOf(line) : 0;

/** The same ticket type at the same price step, both with the seat of the code or both without it. */
const isAlike = (a: HoldLine, b: HoldLine, seat: number | null): boolean =>
  a.ticketTypeId === b.ticketTypeId &&
  a.step?.poolId === b.step?.poolId &&
  (seat === null || hasSeat(a, seat) === hasSeat(b, seat));

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
 * from the lower price. The lines that are `counted` get the code, and those of a price that the buyer has named keep it.
 */
function reducedLines(
  full: HoldLine[],
  promo: Reduction,
  counted: boolean[],
  currency: Currency,
): HoldLine[] {
  const listed = full.map((line) => ({ quantity: line.quantity, unitMinor: listMinorOf(line) }));
  const concerned = full.map((line, i) => counted[i] === true && !line.isChosen);
  const price = orderPrice(full, currency);
  const units = reducedMinor(
    listed,
    withinBudget(full, { ...promo, concerned }, currency),
    leastChargeMinor[currency],
    price,
  );
  return full.map((line, i) => (counted[i] ? reduced(line, promo, units[i] as number, currency) : line));
}

/** A line at full price with a code that makes the organiser's price `listMinor`. */
function reduced(
  line: HoldLine,
  {
    code,
    poolId,
    isVoucher,
    poolsOf = ({ pools }) => pools,
  }: Pick<Reduction, 'code' | 'poolId' | 'isVoucher' | 'poolsOf'>,
  listMinor: number,
  currency: Currency,
): HoldLine {
  return {
    ...atListPrice(line, listMinor, currency),
    // The places of a voucher are of pools of their own, and still count at their price step.
    pools: [
      ...poolsOf(line).filter((id) => id !== line.step?.poolId),
      ...(line.step ? [line.step.poolId] : []),
      poolId,
    ],
    promo: {
      code,
      poolId,
      fullMinor: line.unitMinor,
      ...(line.pricing && { listMinor }),
      ...(isVoucher && { isVoucher }),
    },
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
  promo: Cut,
  leastMinor: number,
  price: OrderPrice = {
    total: (units) =>
      ticketsMinorOf(full.map(({ quantity }, i) => ({ quantity, unitMinor: units[i] as number }))),
    step: 1,
  },
): number[] {
  return liftToLeast(
    full,
    full.map(({ unitMinor }, i) => {
      if (promo.concerned?.[i] === false) return unitMinor;
      return Math.max(unitWith(unitMinor, promo, price.step), Math.min(unitMinor, promo.floorMinor ?? 0));
    }),
    leastMinor,
    price,
  );
}

/** What a code takes off the organiser's price of a place. */
type Cut = Pick<SalePromoCode, 'percentOff' | 'amountOffMinor'> & {
  priceMinor?: number | null;
  /** Which lines it is for; left out if it is for all. */
  concerned?: boolean[];
  /** No place becomes cheaper than that, because the budget of the code ends there. */
  floorMinor?: number;
};

/** The cut that takes no more off all places than the budget of the code has left. */
function withinBudget(
  full: HoldLine[],
  promo: Reduction & { concerned: boolean[] },
  currency: Currency,
): Cut {
  const { budgetMinor } = promo;
  if (budgetMinor === null) return promo;
  const step = stepMinor(currency);
  const offWith = (floorMinor: number) =>
    full.reduce((sum, line, i) => {
      if (!promo.concerned[i]) return sum;
      const list = listMinorOf(line);
      const unit = Math.max(unitWith(list, promo, step), Math.min(list, floorMinor));
      return sum + line.quantity * (line.unitMinor - atListPrice(line, unit, currency).unitMinor);
    }, 0);
  let [low, high] = [0, Math.ceil(Math.max(0, ...full.map(listMinorOf)) / step)];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (offWith(middle * step) <= budgetMinor) high = middle;
    else low = middle + 1;
  }
  return { ...promo, floorMinor: low * step };
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
  {
    percentOff,
    amountOffMinor,
    priceMinor = null,
  }: Pick<Cut, 'percentOff' | 'amountOffMinor' | 'priceMinor'>,
  step: number,
): number {
  const inSteps = (minor: number) =>
    minor <= 0 ? 0 : Math.min(fullMinor, Math.max(1, Math.floor(minor / step)) * step);
  // A price in place of the organiser's never raises it.
  if (priceMinor !== null) return inSteps(Math.min(fullMinor, priceMinor));
  if (percentOff === null) return inSteps(fullMinor - (amountOffMinor ?? 0));
  return inSteps((fullMinor * (100 - percentOff)) / 100);
}

/** A place that the code makes free stays free. */
const atLeast = (unitMinor: number, floorMinor: number): number =>
  unitMinor === 0 ? 0 : Math.max(unitMinor, floorMinor);
