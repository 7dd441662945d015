import type { GiftCard } from '../../../contract/gift-cards.ts';
import { readGiftCode } from '../../../contract/gift-code.ts';
import type { GiftCardId, OrganisationId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { type CardFilter, type CardRow, selectLiabilities, selectPage } from './desk-store.ts';
import { hashOfCode } from './gift-card.ts';

/** What a member of the team looks for: the end of a code, a whole code, the beginning of a note. */
export function filterOf(
  organisationId: OrganisationId,
  { q, state }: { q?: string | undefined; state?: GiftCard['state'] | undefined },
  now: Date,
): CardFilter {
  const code = q === undefined ? null : readGiftCode(q);
  return { organisationId, q, codeHash: code && hashOfCode(code), state, now };
}

/** Lists gift cards, the latest first, beginning before `before`. */
export const listCards = (
  db: Queryable,
  filter: CardFilter,
  before: GiftCardId | null,
  limit: number,
): Promise<CardRow[]> => selectPage(db, filter, before, limit);

/** What is owed to the holders of the cards of an organisation, in each currency. */
export const listLiabilities = (
  db: Queryable,
  organisationId: OrganisationId,
): ReturnType<typeof selectLiabilities> => selectLiabilities(db, organisationId);
