import type { EventSale, SalePromoCode } from '../sale/event-sale.ts';
import { leastChargeMinor } from '../sale/least-charge.ts';
import { partsOf } from '../sale/price-parts.ts';
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
  const full = lines.map(atFullPrice);
  if (code === null) return full;
  const promo = sale.promoCodes.find((each) => each.code === code);
  if (!promo) return refuse('unknown_promo_code');
  if (promo.validUntil && now >= promo.validUntil)
    return refuse('promo_code_ended', { validUntil: promo.validUntil.toISOString() });
  const wanted = full.reduce((sum, line) => sum + (line.unitMinor > 0 ? line.quantity : 0), 0);
  const pool = state.pools.get(promo.poolId);
  const available = pool ? Math.max(0, pool.capacity - pool.held - pool.sold) : 0;
  if (wanted > available) return refuse('promo_code_used_up', { available, detail: usesLeft(available) });
  const units = reducedMinor(full, promo, leastChargeMinor[sale.currency]);
  return full.map((line, i) => (line.unitMinor > 0 ? reduced(line, promo, units[i] as number) : line));
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
  const units = lines.map((line, i) => kept[i]?.unitMinor ?? line.unitMinor);
  const lifted = liftToLeast(lines, units, leastChargeMinor[sale.currency]);
  return lines.map((line, i) => {
    const promo = kept[i]?.promo;
    return promo ? reduced(line, promo, lifted[i] as number) : line;
  });
}

const usesLeft = (count: number): string =>
  count === 0 ? 'This code is used up.' : `This code has only ${count} ${count === 1 ? 'use' : 'uses'} left.`;

export function atFullPrice(line: HoldLine): HoldLine {
  if (!line.promo) return line;
  const { promo, ...rest } = line;
  const pools = line.pools.filter((id) => id !== promo.poolId);
  return { ...rest, unitMinor: promo.fullMinor, parts: partsOf(promo.fullMinor), pools };
}

function reduced(line: HoldLine, promo: Pick<SalePromoCode, 'code' | 'poolId'>, unitMinor: number): HoldLine {
  return {
    ...line,
    unitMinor,
    parts: partsOf(unitMinor),
    pools: [...line.pools, promo.poolId],
    promo: { code: promo.code, poolId: promo.poolId, fullMinor: line.unitMinor },
  };
}

type PricedLine = Pick<HoldLine, 'quantity' | 'unitMinor'>;

/**
 * Decision: what one place of each line costs with a code, in minor units. A card cannot pay an order of less than
 * `leastMinor`, and such an order must not become free. So the code then takes off less: the cheapest places cost more,
 * by no more than the order needs.
 */
export function reducedMinor(
  full: PricedLine[],
  promo: Pick<SalePromoCode, 'percentOff' | 'amountOffMinor'>,
  leastMinor: number,
): number[] {
  return liftToLeast(
    full,
    full.map(({ unitMinor }) => unitWith(unitMinor, promo)),
    leastMinor,
  );
}

function liftToLeast(full: PricedLine[], units: number[], leastMinor: number): number[] {
  const totalFrom = (floorMinor: number) =>
    full.reduce((sum, { quantity }, i) => sum + quantity * atLeast(units[i] as number, floorMinor), 0);
  if (totalFrom(0) === 0) return units;
  let floorMinor = 0;
  // At most `leastMinor` rounds, and only for an order of less than that.
  while (totalFrom(floorMinor) < leastMinor) floorMinor += 1;
  return units.map((unit, i) => Math.min(atLeast(unit, floorMinor), full[i]?.unitMinor ?? 0));
}

/** The price of one place, rounded down, but never to nothing unless the code gives the whole price. */
function unitWith(
  fullMinor: number,
  { percentOff, amountOffMinor }: Pick<SalePromoCode, 'percentOff' | 'amountOffMinor'>,
): number {
  if (percentOff === null) return Math.max(0, fullMinor - (amountOffMinor ?? 0));
  if (fullMinor === 0 || percentOff === 100) return 0;
  return Math.max(1, Math.floor((fullMinor * (100 - percentOff)) / 100));
}

/** A place that the code makes free stays free. */
const atLeast = (unitMinor: number, floorMinor: number): number =>
  unitMinor === 0 ? 0 : Math.max(unitMinor, floorMinor);
