import type { GiftCardId, OrganisationId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { type CardRow, findCard, selectEntries } from './desk-store.ts';
import type { GiftCardState } from './gift-card.ts';
import { findByHash } from './store.ts';

/** A gift card of an organisation with its history, the latest first; null if it has no such card. */
export async function readCard(
  db: Queryable,
  organisationId: OrganisationId,
  id: GiftCardId,
): Promise<{ card: CardRow; entries: Awaited<ReturnType<typeof selectEntries>> } | null> {
  const card = await findCard(db, organisationId, id);
  return card && { card, entries: await selectEntries(db, id) };
}

/** The gift card whose code has this hash; null if there is none. */
export const findCardByHash = (db: Queryable, hash: string): Promise<GiftCardState | null> =>
  findByHash(db, hash);
