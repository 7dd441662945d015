import type { OrderId, OrganisationId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { selectByTerms, selectLatest, selectTerms } from './find-orders-store.ts';
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
  const terms = await selectTerms(db, typed);
  if (terms.length === 0) return [];
  const found = await selectByTerms(db, organisationId, { terms, joined: joinedOf(typed), before, limit });
  return found.map(toOrder);
}

/** Spellings of the whole text as one word. Order numbers have no I, L and O, which people read for 1 and 0. */
function joinedOf(typed: string): string[] {
  const joined = typed
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');
  if (joined === '' || typed.includes('@')) return [];
  return [joined, joined.replaceAll(/[il]/g, '1').replaceAll('o', '0')];
}
