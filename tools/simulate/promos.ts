import type { EventSale } from '../../server/features/sale/event-sale.ts';
import type { Lines } from './wishes.ts';

/** Promo codes and prices in the model. All its events sell in euros. */
type Promo = EventSale['promoCodes'][number];

export const totalOf = (lines: Lines): number =>
  lines.reduce((sum, line) => sum + line.quantity * line.unitMinor, 0);

/** Lines without any promo code. */
export const fullPriced = (lines: Lines): Lines =>
  lines.map(({ promo, ...line }) =>
    promo
      ? { ...line, unitMinor: promo.fullMinor, pools: line.pools.filter((id) => id !== promo.poolId) }
      : line,
  );

/** Full-priced lines with a code. What costs nothing stays as it is. */
export function pricesWith(lines: Lines, promo: Promo): Lines {
  const reduced = lines.map((line) => (line.unitMinor === 0 ? line : priceWith(line, promo)));
  // A card can pay 50 cents and more. Cent by cent, the cheapest of the tickets that cost something become dearer.
  while (totalOf(reduced) > 0 && totalOf(reduced) < 50) {
    const cheapest = Math.min(...reduced.flatMap(({ unitMinor }) => (unitMinor > 0 ? [unitMinor] : [])));
    for (const line of reduced) if (line.unitMinor === cheapest) line.unitMinor += 1;
  }
  return reduced;
}

function priceWith(line: Lines[number], promo: Promo): Lines[number] {
  const left =
    promo.amountOffMinor !== null
      ? Math.max(0, line.unitMinor - promo.amountOffMinor)
      : Math.floor((line.unitMinor * (100 - (promo.percentOff ?? 0))) / 100);
  return {
    ...line,
    unitMinor: left === 0 && promo.percentOff !== null && promo.percentOff < 100 ? 1 : left,
    pools: [...line.pools, promo.poolId],
    promo: { code: promo.code, poolId: promo.poolId, fullMinor: line.unitMinor },
  };
}
