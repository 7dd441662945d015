import type { EventSale } from '../../server/features/sale/event-sale.ts';
import { priceWith, totalOf } from './money.ts';
import type { Lines } from './wishes.ts';

/** Promo codes and prices in the model. All its events sell in euros. */
type Promo = EventSale['promoCodes'][number];

/** Lines without any promo code. */
export const fullPriced = (lines: Lines): Lines =>
  lines.map(({ promo, ...line }) =>
    promo
      ? { ...line, unitMinor: promo.fullMinor, pools: line.pools.filter((id) => id !== promo.poolId) }
      : line,
  );

/** Full-priced lines with a code. What costs nothing stays as it is. */
export function pricesWith(lines: Lines, promo: Promo): Lines {
  const listed = lines.map((line) => {
    const full = line.pricing?.listMinor ?? line.unitMinor;
    return line.unitMinor === 0 ? 0 : leftOf(full, promo);
  });
  return withPromo(lines, listed, promo);
}

/** Full-priced lines with a code at these prices of the organiser's, or at higher ones if a card could not pay the order. */
export function withPromo(
  lines: Lines,
  prices: number[],
  { code, poolId }: Pick<Promo, 'code' | 'poolId'>,
): Lines {
  const listed = [...prices];
  const priced = () =>
    lines.map((line, i) => ({ ...line, unitMinor: priceWith(listed[i] as number, line.pricing) }));
  // A card can pay 50 cents and more. Cent by cent, the cheapest of the tickets that cost something become dearer.
  while (totalOf(priced()) > 0 && totalOf(priced()) < 50) {
    const cheapest = Math.min(...listed.filter((minor) => minor > 0));
    for (const [i, minor] of listed.entries()) if (minor === cheapest) listed[i] = minor + 1;
  }
  return priced().map((line, i) => {
    const fullMinor = (lines[i] as Lines[number]).unitMinor;
    if (fullMinor === 0) return line;
    const promo = { code, poolId, fullMinor, listMinor: listed[i] as number };
    return { ...line, pools: [...line.pools, poolId], promo };
  });
}

function leftOf(fullMinor: number, { amountOffMinor, percentOff }: Promo): number {
  if (amountOffMinor !== null) return Math.max(0, fullMinor - amountOffMinor);
  const left = Math.floor((fullMinor * (100 - (percentOff ?? 0))) / 100);
  return left === 0 && (percentOff ?? 0) < 100 ? 1 : left;
}
