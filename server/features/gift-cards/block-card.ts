import type { GiftCardId, OrganisationId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import { type CardRow, lockCard, setBlocked } from './desk-store.ts';

/** Blocks a card, or ends its block. Returns the card as it was before; null if the organisation has no such card. */
export async function blockCard(
  trx: Transaction,
  { organisationId, id }: { organisationId: OrganisationId; id: GiftCardId },
  blockedAt: Date | null,
): Promise<CardRow | null> {
  const card = await lockCard(trx, organisationId, id);
  if (card && (card.blockedAt === null) !== (blockedAt === null)) setBlocked(trx, id, blockedAt);
  return card;
}
