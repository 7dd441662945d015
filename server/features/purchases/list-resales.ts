import { Refused } from '../../../contract/errors.ts';
import type { OrderId } from '../../../contract/ids.ts';
import type { Resale } from '../../../contract/resale-shapes.ts';
import type { App } from '../../app.ts';
import type { Caller } from '../accounts/accounts.ts';
import { readResalesOf } from '../inventory/read-resales.ts';
import { resaleEndOf } from '../inventory/resale.ts';
import { showResale } from '../inventory/show-resale.ts';
import { actsForOrder } from '../orders/acts-for-order.ts';
import { readOrder } from '../orders/read-order.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { requireEventCapability } from '../sale/event-team.ts';

/**
 * Lists the offers for resale of the tickets of an order: for its buyer those that the buyer made, for the team of the event
 * all.
 */
export async function listResales(
  app: App,
  { caller, params }: { caller: Caller; params: { orderId: OrderId } },
): Promise<{ items: Resale[] }> {
  const order = await readOrder(app, params.orderId);
  const event = order && (await readEventSale(app, order.eventId));
  if (!order || !event) throw new Refused('not_found');
  const isBuyer = await actsForOrder(app, caller, order);
  if (!isBuyer) await requireEventCapability(app, caller, order.eventId, 'orders.read');
  const resales = await readResalesOf(app, order.id);
  const seen = isBuyer ? resales.filter(({ transferId }) => transferId === null) : resales;
  return { items: seen.map((resale) => showResale(resale, resaleEndOf(event, resale.ticketTypeId))) };
}
