import type { App } from '../../app.ts';
import { emptyExpiredCards } from '../gift-cards/empty-expired-cards.ts';
import { bookGiftMovement } from '../payments/book-gift-movement.ts';

const portion = 200;

/**
 * Books what is left of gift cards that have ended: nobody is owed it any more, so it belongs to the organisation. A card that
 * gets money back afterwards lives again with that money (gift-cards/gift-card.ts). Runs every night, and a second run finds
 * nothing.
 */
export async function expireGiftCards(app: App): Promise<void> {
  for (;;) {
    const now = app.clock.now();
    const expired = await app.db.transaction(async (trx) => {
      const cards = await emptyExpiredCards(trx, now, portion);
      for (const { organisationId, source, currency, balanceMinor } of cards) {
        const movement = { kind: 'gift_expired', organisationId, source, currency } as const;
        bookGiftMovement(app, trx, { ...movement, amountMinor: balanceMinor }, now);
      }
      return cards.length;
    });
    if (expired < portion) return;
  }
}
