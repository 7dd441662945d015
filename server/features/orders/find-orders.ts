import type { EventId, OrderId, OrganisationId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { selectByTerms, selectLatest, selectOrders, selectWaiting } from './find-orders-store.ts';
import { isFoundBy, joinedOf, termsOf } from './order-words.ts';
import type { OrderRecord } from './orders.ts';
import { type OrderRow, toOrder } from './store.ts';

interface FindOrders {
  typed: string;
  before: OrderId | null;
  /** Only orders of these events; null for all. */
  events: readonly EventId[] | null;
  limit: number;
}

/**
 * Finds orders of an organisation by what a person typed: words of names, an address or its beginning, a number. Without a
 * text it lists all. The latest come first, starting before the order `before`.
 */
export async function findOrders(
  db: Queryable,
  organisationId: OrganisationId,
  { typed, before, events, limit }: FindOrders,
): Promise<OrderRecord[]> {
  if (typed === '') return (await selectLatest(db, organisationId, { before, events, limit })).map(toOrder);
  const terms = termsOf(typed);
  if (terms.length === 0) return [];
  const wanted = { terms, joined: joinedOf(typed), before, events, limit };
  const [found, waiting] = await Promise.all([
    selectByTerms(db, organisationId, wanted),
    findWaiting(db, organisationId, wanted),
  ]);
  // An order that was paid between the two statements is in both.
  const byId = new Map([...waiting, ...found].map((row) => [row.id, row]));
  const latest = [...byId.values()].sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, limit);
  return latest.map(toOrder);
}

/**
 * Finds orders that wait for their payment. They have no words in the index yet, because a purchase writes none, so their
 * names are compared here. There are as many of them as people pay at this moment.
 */
async function findWaiting(
  db: Queryable,
  organisationId: OrganisationId,
  wanted: WantedWaiting,
): Promise<OrderRow[]> {
  const ids = await findWaitingIds(db, organisationId, wanted);
  return ids.length === 0 ? [] : selectOrders(db, ids.slice(0, wanted.limit));
}

type WantedWaiting = { terms: string[]; joined: string[] } & Omit<FindOrders, 'typed'>;

const pageSize = 2000;

/** The same as ids, and at least `limit` of them if there are so many. */
export async function findWaitingIds(
  db: Queryable,
  organisationId: OrganisationId,
  wanted: WantedWaiting,
): Promise<OrderId[]> {
  const ids: OrderId[] = [];
  for (let before = wanted.before; ids.length < wanted.limit; ) {
    const page = await selectWaiting(db, organisationId, { before, events: wanted.events, limit: pageSize });
    ids.push(...page.filter((order) => isFoundBy(order, wanted)).map(({ id }) => id));
    const last = page.at(-1);
    if (!last || page.length < pageSize) break;
    before = last.id;
  }
  return ids;
}
