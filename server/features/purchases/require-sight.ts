import type { App } from '../../app.ts';
import type { Caller } from '../accounts/accounts.ts';
import { actsForOrder } from '../orders/acts-for-order.ts';
import type { OrderRecord } from '../orders/orders.ts';
import { requireEventCapability } from '../sale/event-team.ts';

/**
 * Resolves with the side of the order that the caller is on, if the caller may see the order: its buyer, whoever acts for the buyer, and members of the event's team who may
 * read orders. For
 * strangers the order does not exist.
 */
export async function requireSight(
  app: App,
  caller: Caller,
  order: Pick<OrderRecord, 'id' | 'buyerId' | 'eventId'>,
): Promise<'buyer' | 'team'> {
  if (await actsForOrder(app, caller, order)) return 'buyer';
  await requireEventCapability(app, caller, order.eventId, 'orders.read');
  return 'team';
}
