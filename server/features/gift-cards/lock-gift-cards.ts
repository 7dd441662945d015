import type { OrderId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import type { GiftCardState } from './gift-card.ts';
import { lockCards } from './store.ts';

/**
 * Locks the gift cards with these codes, and those whose money comes back if these orders end, until the transaction ends.
 * Returns them by the hashes of their codes.
 */
export async function lockGiftCards(
  trx: Queryable,
  hashes: string[],
  endingOrders: OrderId[],
): Promise<Map<string, GiftCardState>> {
  const cards = await lockCards(trx, hashes, endingOrders);
  return new Map(cards.map((card) => [card.codeHash, card]));
}
