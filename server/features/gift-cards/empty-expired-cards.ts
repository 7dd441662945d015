import type { Transaction } from '../../data/db.ts';
import { type CardRow, emptyExpired, lockExpired } from './desk-store.ts';

/** Takes what is left of cards that have expired. Returns these cards as they were before. */
export async function emptyExpiredCards(trx: Transaction, now: Date, limit: number): Promise<CardRow[]> {
  const cards = await lockExpired(trx, now, limit);
  if (cards.length > 0)
    emptyExpired(
      trx,
      cards.map(({ id }) => id),
      now,
    );
  return cards;
}
