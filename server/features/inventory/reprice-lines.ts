import type { EventSale, SalePromoCode } from '../sale/event-sale.ts';
import { leastChargeMinor } from '../sale/least-charge.ts';
import { partsOf } from '../sale/price-parts.ts';
import { type HoldLine, type Refusal, refuse } from './inventory.ts';
import type { LedgerState } from './state.ts';

/**
 * Decision: the lines of a hold at the prices of a promo code, or at their full prices again where it is null. The
 * tickets that a code is good for are counted in a pool: a cheaper ticket takes a place from it besides its own.
 * The very same lines where the code is the one that they have. Takes nothing.
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
  return full.map((line) => (line.unitMinor > 0 ? reduced(line, promo, sale) : line));
}

const usesLeft = (count: number): string =>
  count === 0 ? 'This code is used up.' : `This code has only ${count} ${count === 1 ? 'use' : 'uses'} left.`;

function atFullPrice(line: HoldLine): HoldLine {
  if (!line.promo) return line;
  const { promo, ...rest } = line;
  const pools = line.pools.filter((id) => id !== promo.poolId);
  return { ...rest, unitMinor: promo.fullMinor, parts: partsOf(promo.fullMinor), pools };
}

function reduced(line: HoldLine, promo: SalePromoCode, { currency }: EventSale): HoldLine {
  const unitMinor = reducedMinor(line.unitMinor, promo, leastChargeMinor[currency]);
  return {
    ...line,
    unitMinor,
    parts: partsOf(unitMinor),
    pools: [...line.pools, promo.poolId],
    promo: { code: promo.code, poolId: promo.poolId, fullMinor: line.unitMinor },
  };
}

/** A price with a code, in minor units, rounded down; nothing where less is left than a card can pay. */
function reducedMinor(
  fullMinor: number,
  promo: Pick<SalePromoCode, 'percentOff' | 'amountOffMinor'>,
  leastMinor: number,
): number {
  const left =
    promo.percentOff === null
      ? fullMinor - (promo.amountOffMinor ?? 0)
      : Math.floor((fullMinor * (100 - promo.percentOff)) / 100);
  return left < leastMinor ? 0 : left;
}
