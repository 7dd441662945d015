import type { EventSale } from '../../server/features/sale/event-sale.ts';
import type { Lines } from './wishes.ts';

/** What promo codes do to prices, as the naive model sees it. All its events are sold in euros. */
type Promo = EventSale['promoCodes'][number];

export const totalOf = (lines: Lines): number =>
  lines.reduce((sum, line) => sum + line.quantity * line.unitMinor, 0);

/** Lines as they were before any code was redeemed. */
export const fullPriced = (lines: Lines): Lines =>
  lines.map(({ promo, ...line }) =>
    promo
      ? { ...line, unitMinor: promo.fullMinor, pools: line.pools.filter((id) => id !== promo.poolId) }
      : line,
  );

/** A full-priced line with a code. What costs nothing stays as it is; what would cost less than 50 cents costs nothing. */
export function priceWith(line: Lines[number], promo: Promo): Lines[number] {
  if (line.unitMinor === 0) return line;
  const left =
    promo.amountOffMinor !== null
      ? line.unitMinor - promo.amountOffMinor
      : Math.floor((line.unitMinor * (100 - (promo.percentOff ?? 0))) / 100);
  return {
    ...line,
    unitMinor: left >= 50 ? left : 0,
    pools: [...line.pools, promo.poolId],
    promo: { code: promo.code, poolId: promo.poolId, fullMinor: line.unitMinor },
  };
}
