import { type EventId, makeId, type OrderId, type OrganisationId } from '../../../contract/ids.ts';
import type { OrderFilters, OrderSort } from '../../../contract/order-search.ts';
import type { App } from '../../app.ts';
import { selectAmong, selectWindow } from './filter-orders-store.ts';
import { findWaitingIds } from './find-orders.ts';
import { selectOrders, wordsQuery } from './find-orders-store.ts';
import { joinedOf, termsOf } from './order-words.ts';
import type { OrderRecord } from './orders.ts';
import { toOrder } from './store.ts';

interface FilterOrders {
  typed: string;
  filters: OrderFilters;
  /** Only orders of these events; null for all. */
  events: readonly EventId[] | null;
  sort: OrderSort;
  /** The search goes on after this order. */
  cursor: OrderId | null;
  limit: number;
}

/** Orders that one look at the tables examines. */
const windowSize = 1000;
/** Looks of one search. A rare order among a million would otherwise cost seconds of the database. */
const mostLooks = 5;

/**
 * Finds orders of an organisation that fit filters and a text. Without a text it examines a few thousand orders at most, and
 * `next` says where the search goes on.
 */
export async function filterOrders(
  app: Pick<App, 'db' | 'clock'>,
  organisationId: OrganisationId,
  { typed, filters, events, sort, cursor, limit }: FilterOrders,
): Promise<{ orders: OrderRecord[]; next: OrderId | null }> {
  const search = { organisationId, events, filters, sort, now: app.clock.now() };
  const found: OrderId[] = [];
  const { start, end } = boundsOf(filters, sort);
  let next = cursor ?? start;
  if (typed === '') {
    for (let look = 0; look < mostLooks && found.length <= limit; look++) {
      const examined = await selectWindow(app.db, { ...search, after: next, limit: windowSize });
      found.push(...examined.filter(({ fits }) => fits).map(({ id }) => id));
      next = examined.length < windowSize ? null : (examined.at(-1)?.id ?? null);
      if (next !== null && end !== null && (sort === 'latest' ? next < end : next > end)) next = null;
      if (next === null) break;
    }
  } else {
    const words = { terms: termsOf(typed), joined: joinedOf(typed) };
    if (words.terms.length === 0) return { orders: [], next: null };
    const every = { ...words, before: null, events, limit: Number.POSITIVE_INFINITY };
    const waiting = await findWaitingIds(app.db, organisationId, every);
    const wanted = { words: wordsQuery(organisationId, words), waiting };
    found.push(...(await selectAmong(app.db, wanted, { ...search, after: cursor, limit: limit + 1 })));
    next = null;
  }
  const page = found.slice(0, limit);
  const rows = page.length === 0 ? [] : await selectOrders(app.db, page);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return {
    orders: page.flatMap((id) => byId.get(id) ?? []).map(toOrder),
    next: found.length > limit ? (page.at(-1) ?? null) : next,
  };
}

/** An order has the id of its hold, which is older by less than this: the longest hold or offer is a day. */
const longestHoldMs = 2 * 86_400_000;

/** Decision: ids between which all orders lie that were placed in the time of the filters. */
function boundsOf(
  { from, to }: OrderFilters,
  sort: OrderSort,
): { start: OrderId | null; end: OrderId | null } {
  const idAt = (ms: number) => makeId('order', Math.max(0, ms), new Uint8Array(10));
  const first = from === undefined ? null : idAt(Date.parse(from) - longestHoldMs);
  const last = to === undefined ? null : idAt(Date.parse(to));
  return sort === 'latest' ? { start: last, end: first } : { start: first, end: last };
}
