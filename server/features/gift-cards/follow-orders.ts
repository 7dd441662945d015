import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { Writes } from '../../data/db.ts';
import type { GiftUse } from './gift-card.ts';
import { captureUses, releaseUses, reserveUses } from './store.ts';

/**
 * Writes what gift cards pay of the orders of a ledger batch, in the batch's own transaction. The ledger has locked the cards
 * (lock-gift-cards.ts). An order that no gift card pays for costs no statement.
 */
export function followOrders(
  trx: Writes,
  {
    placed,
    confirmed,
    ended,
  }: {
    placed: { orderId: OrderId; eventId: EventId; gifts: GiftUse[] }[];
    confirmed: OrderId[];
    ended: OrderId[];
  },
  now: Date,
): void {
  if (placed.length > 0) reserveUses(trx, placed, now);
  if (confirmed.length > 0) captureUses(trx, confirmed);
  if (ended.length > 0) releaseUses(trx, ended, now);
}
