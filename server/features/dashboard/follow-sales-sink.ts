import type { EventId } from '../../../contract/ids.ts';
import type { Message } from '../../../contract/messages.ts';
import type { App } from '../../app.ts';
import type { Sink } from '../../data/bus.ts';
import { countOrders, type Touched } from './count-orders.ts';

/**
 * Keeps the counters of the dashboard. It reads each order that a message names as the order is now, so a second delivery
 * changes nothing.
 */
export const followSalesSink = (app: Pick<App, 'db' | 'clock' | 'visits' | 'counters'>): Sink => ({
  name: 'dashboard',
  topics: ['ticket_availability', 'order_events', 'payment_notifications', 'door_events'],
  cursor: 'shared',
  restMs: 250,
  async deliver(messages) {
    await countOrders(app, touchedBy(messages));
    for (const { type, data, time } of messages)
      if (type === 'admit.ticket.admitted.v1') app.visits.note(data.eventId, 'check-in', {}, new Date(time));
  },
});

function touchedBy(messages: Message[]): Touched[] {
  const touched = new Map<EventId, Touched>();
  for (const { type, data } of messages) {
    const { eventId } = data;
    let each = touched.get(eventId);
    if (!each) {
      each = { eventId, orders: new Set(), ledger: [] };
      touched.set(eventId, each);
    }
    if ('orderId' in data) each.orders.add(data.orderId);
    if (type === 'admit.availability.changed.v1')
      each.ledger.push({ version: data.version, holds: data.placed });
  }
  return [...touched.values()];
}
