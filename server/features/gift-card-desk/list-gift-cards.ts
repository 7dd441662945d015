import type { GiftCard } from '../../../contract/gift-cards.ts';
import type { GiftCardId, OrganisationId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { filterOf, listCards, listLiabilities } from '../gift-cards/list-cards.ts';
import { showCard } from '../gift-cards/show-card.ts';

interface Query {
  q?: string | undefined;
  state?: GiftCard['state'] | undefined;
  cursor?: GiftCardId | undefined;
  limit: number;
}

/** Lists the gift cards of an organisation, and what it owes to their holders. */
export async function listGiftCards(
  app: App,
  { params: { organisationId }, query }: Call<{ organisationId: OrganisationId }, Query, undefined, 'team'>,
): Promise<{
  items: GiftCard[];
  nextCursor: GiftCardId | null;
  liabilities: { amount: number; currency: Currency }[];
}> {
  const now = app.clock.now();
  const [rows, liabilities] = await Promise.all([
    listCards(app.db, filterOf(organisationId, query, now), query.cursor ?? null, query.limit + 1),
    listLiabilities(app.db, organisationId),
  ]);
  const items = rows.slice(0, query.limit).map((row) => showCard(row, now));
  return { items, nextCursor: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null, liabilities };
}
