import { Refused } from '../../../contract/errors.ts';
import type { GiftCard } from '../../../contract/gift-cards.ts';
import type { GiftCardId, OrganisationId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { noteAct } from '../../data/audit-trail.ts';
import type { Call } from '../../http/bind.ts';
import { blockCard } from '../gift-cards/block-card.ts';
import { showCard } from '../gift-cards/show-card.ts';

/** Blocks a gift card, or ends its block. An order that takes money of the card at this instant comes before or after it. */
export async function blockGiftCard(
  app: App,
  call: Call<
    { organisationId: OrganisationId; giftCardId: GiftCardId },
    undefined,
    { blocked: boolean },
    'team'
  >,
): Promise<GiftCard> {
  const { organisationId, giftCardId } = call.params;
  const { blocked } = call.body;
  const now = app.clock.now();
  return app.db.transaction(async (trx) => {
    const blockedAt = blocked ? now : null;
    const card = await blockCard(trx, { organisationId, id: giftCardId }, blockedAt);
    if (!card) throw new Refused('not_found');
    const isBlocked = card.blockedAt !== null;
    if (isBlocked === blocked) return showCard(card, now);
    noteAct(app, trx, call, {
      act: 'gift_card.blocked',
      organisationId,
      subject: { type: 'gift_card', id: giftCardId, title: card.last4 },
      before: { blocked: isBlocked },
      after: { blocked },
    });
    return showCard({ ...card, blockedAt }, now);
  });
}
