import type { TeamRole } from '../../../contract/accounts.ts';
import { Refused } from '../../../contract/errors.ts';
import type { OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Caller } from '../accounts/accounts.ts';
import { requireEventRole } from '../sale/event-team.ts';
import { readOrder } from './read-order.ts';

/** Does what requireTeamRole does, for the organisation of an order's event. An unknown order is not_found. */
export async function requireOrderRole(
  app: App,
  caller: Caller,
  orderId: OrderId,
  needed: TeamRole,
): Promise<void> {
  const order = await readOrder(app, orderId);
  if (!order) throw new Refused('not_found');
  await requireEventRole(app, caller, order.eventId, needed);
}
