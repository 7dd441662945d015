import { Refused } from '../../../contract/errors.ts';
import type { GiftCard, GiftCardEntry } from '../../../contract/gift-cards.ts';
import type { GiftCardId, OrganisationId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { readCard } from '../gift-cards/read-card.ts';
import { showCard } from '../gift-cards/show-card.ts';

/** Reads a gift card with its history. */
export async function getGiftCard(
  app: App,
  { params }: Call<{ organisationId: OrganisationId; giftCardId: GiftCardId }, undefined, undefined, 'team'>,
): Promise<{ card: GiftCard; entries: GiftCardEntry[] }> {
  const found = await readCard(app.db, params.organisationId, params.giftCardId);
  if (!found) throw new Refused('not_found');
  const { card, entries } = found;
  return {
    card: showCard(card, app.clock.now()),
    entries: entries.map(({ kind, amountMinor, orderId, at }) => ({
      kind,
      amount: { amount: amountMinor, currency: card.currency },
      orderId,
      at: at.toISOString(),
    })),
  };
}
