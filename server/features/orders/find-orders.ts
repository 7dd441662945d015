import type { OrderId, OrganisationId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { selectByTerms, selectLatest } from './find-orders-store.ts';
import { joinedOf, termsOf } from './order-words.ts';
import type { OrderRecord } from './orders.ts';
import { toOrder } from './store.ts';

/**
 * Finds orders of an organisation by what a person typed: words of names, an address or its beginning, a number. Without a
 * text it lists all. The latest come first, starting before the order `before`.
 */
export async function findOrders(
  db: Queryable,
  organisationId: OrganisationId,
  { typed, before, limit }: { typed: string; before: OrderId | null; limit: number },
): Promise<OrderRecord[]> {
  if (typed === '') return (await selectLatest(db, organisationId, before, limit)).map(toOrder);
  const terms = termsOf(typed);
  if (terms.length === 0) return [];
  const found = await selectByTerms(db, organisationId, { terms, joined: joinedOf(typed), before, limit });
  return found.map(toOrder);
}
