import { Refused } from '../../../contract/errors.ts';
import type { OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Caller } from '../accounts/accounts.ts';
import { actsForOrder } from '../orders/acts-for-order.ts';
import type { OrderRecord } from '../orders/orders.ts';
import { readOrder } from '../orders/read-order.ts';
import { requireEventCapability } from '../sale/event-team.ts';

/** Reads an order whose documents the caller may see: the buyer, or a member of the team who may read orders. */
export async function readDocumentedOrder(
  app: App,
  caller: Caller,
  orderId: OrderId,
  allowed: 'buyer' | 'buyer or team',
): Promise<OrderRecord> {
  const order = await readOrder(app, orderId);
  if (!order) throw new Refused('not_found');
  if (await actsForOrder(app, caller, order)) return order;
  if (allowed === 'buyer') throw new Refused('not_found');
  await requireEventCapability(app, caller, order.eventId, 'orders.read');
  return order;
}
