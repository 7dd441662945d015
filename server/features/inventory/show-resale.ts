import type { Resale as ShownResale } from '../../../contract/resale-shapes.ts';
import type { Resale } from './resale.ts';

/** An offer for resale as its seller and the organiser see it. */
export function showResale(resale: Resale, until: Date): ShownResale {
  const { priceMinor, backMinor, currency, buyerHoldId } = resale;
  const money = (amount: number) => ({ amount, currency });
  return {
    id: resale.id,
    ticketId: resale.ticketId,
    status: resale.status === 'offered' && buyerHoldId !== null ? 'reserved' : resale.status,
    endedBecause: resale.endedBecause,
    price: money(priceMinor),
    back: money(backMinor),
    fee: money(priceMinor - backMinor),
    until: until.toISOString(),
    offeredAt: resale.offeredAt.toISOString(),
    endedAt: resale.endedAt?.toISOString() ?? null,
  };
}
