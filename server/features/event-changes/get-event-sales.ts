import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { Money } from '../../../contract/money.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { sumConfirmedOrders } from '../orders/list-confirmed-orders.ts';
import { readEventSale } from '../sale/event-sale.ts';

/** What an organiser should know before a cancellation or a move: how many people it concerns, and how much money. */
export async function getEventSales(
  app: App,
  { params: { eventId } }: Pick<Call<{ eventId: EventId }, undefined, undefined, 'team'>, 'params'>,
): Promise<{ orders: number; buyers: number; tickets: number; refundable: Money }> {
  const [sale, sums] = await Promise.all([readEventSale(app, eventId), sumConfirmedOrders(app.db, eventId)]);
  if (!sale) throw new Refused('not_found');
  const { refundableMinor: amount, ...counts } = sums;
  return { ...counts, refundable: { amount, currency: sale.currency } };
}
