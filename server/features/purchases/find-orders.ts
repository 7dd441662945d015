import { Refused } from '../../../contract/errors.ts';
import type { OrderId, OrganisationId } from '../../../contract/ids.ts';
import type { OrderFilters, OrderSort } from '../../../contract/order-search.ts';
import type { FoundOrder } from '../../../contract/organiser-orders.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { filterOrders } from '../orders/filter-orders.ts';
import { findOrders as find } from '../orders/find-orders.ts';
import { listTags } from '../orders/list-tags.ts';
import type { OrderRecord } from '../orders/orders.ts';
import { readMembership } from '../organisations/team.ts';
import { showOrders } from './show-orders.ts';

interface Query extends OrderFilters {
  q: string;
  sort: OrderSort;
  cursor?: OrderId | undefined;
  limit: number;
}

/**
 * Finds orders of an organisation for a member of its team, in the events that the member's role counts for. The cursor is
 * the id of the last order that the search has looked at.
 */
export async function findOrders(
  app: App,
  call: Call<{ organisationId: OrganisationId }, Query, undefined, 'team'>,
): Promise<{ items: FoundOrder[]; nextCursor: OrderId | null }> {
  const { organisationId } = call.params;
  const { q: typed, cursor = null, limit, sort, ...filters } = call.query;
  const member = await readMembership(app, call.caller, organisationId);
  if (!member) throw new Refused('not_found');
  const { events } = member;
  if (sort !== 'latest' || Object.values(filters).some((value) => value !== undefined)) {
    const page = { typed, filters, events, sort, cursor, limit };
    const { orders, next } = await filterOrders(app, organisationId, page);
    return { items: await showFound(app, orders), nextCursor: next };
  }
  const found = await find(app.db, organisationId, { typed, before: cursor, events, limit: limit + 1 });
  const page = found.slice(0, limit);
  return {
    items: await showFound(app, page),
    nextCursor: found.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

async function showFound(app: App, found: OrderRecord[]): Promise<FoundOrder[]> {
  const [orders, tags] = await Promise.all([
    showOrders(app, found),
    listTags(
      app.db,
      found.map(({ id }) => id),
    ),
  ]);
  return orders.map((order) => ({ ...order, tags: tags.get(order.id) ?? [] }));
}
