import { Refused } from '../../../contract/errors.ts';
import type { OrderId, OrganisationId } from '../../../contract/ids.ts';
import type { Order } from '../../../contract/orders.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { findOrders as find } from '../orders/find-orders.ts';
import { readMembership } from '../organisations/team.ts';
import { showOrders } from './show-orders.ts';

/**
 * Finds orders of an organisation for a member of its team, in the events that the member's role counts for. The latest
 * come first. The cursor is the id of the last order shown.
 */
export async function findOrders(
  app: App,
  call: Call<
    { organisationId: OrganisationId },
    { q: string; cursor?: OrderId | undefined; limit: number },
    undefined,
    'team'
  >,
): Promise<{ items: Order[]; nextCursor: OrderId | null }> {
  const { q: typed, cursor: before = null, limit } = call.query;
  const member = await readMembership(app, call.caller, call.params.organisationId);
  if (!member) throw new Refused('not_found');
  const found = await find(app.db, call.params.organisationId, {
    typed,
    before,
    events: member.events,
    limit: limit + 1,
  });
  const page = found.slice(0, limit);
  return {
    items: await showOrders(app, page),
    nextCursor: found.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}
