import type { OrderId, OrganisationId } from '../../../contract/ids.ts';
import type { Order } from '../../../contract/orders.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { findOrders as find } from '../orders/find-orders.ts';
import { showOrders } from './show-orders.ts';

/** Finds orders of an organisation for its managers, the latest first. The cursor is the id of the last order shown. */
export async function findOrders(
  app: App,
  call: Call<
    { organisationId: OrganisationId },
    { q: string; cursor?: OrderId | undefined; limit: number },
    undefined,
    'manager'
  >,
): Promise<{ items: Order[]; nextCursor: OrderId | null }> {
  const { q: typed, cursor: before = null, limit } = call.query;
  const found = await find(app.db, call.params.organisationId, { typed, before, limit: limit + 1 });
  const page = found.slice(0, limit);
  return {
    items: await showOrders(app, page),
    nextCursor: found.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}
