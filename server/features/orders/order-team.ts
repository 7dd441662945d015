import { Refused } from '../../../contract/errors.ts';
import type { OrderId } from '../../../contract/ids.ts';
import type { Capability } from '../../../contract/team-roles.ts';
import type { App } from '../../app.ts';
import type { Caller } from '../accounts/accounts.ts';
import { requireEventCapability } from '../sale/event-team.ts';
import { readOrder } from './read-order.ts';

/** Does what requireEventCapability does, for an order's event. An unknown order is not_found. */
export async function requireOrderCapability(
  app: App,
  caller: Caller,
  orderId: OrderId,
  needed: Capability,
): Promise<void> {
  const order = await readOrder(app, orderId);
  if (!order) throw new Refused('not_found');
  await requireEventCapability(app, caller, order.eventId, needed);
}
