import type { OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Sink } from '../../data/bus.ts';
import { indexOrders } from './find-orders-store.ts';

/**
 * Writes the words by which an organiser finds an order, when the order was bought or ended. A search compares the names of
 * orders that still wait for their payment without these words. A second delivery changes nothing.
 */
export const findOrdersSink = (app: Pick<App, 'db'>): Sink => ({
  name: 'find-orders',
  topics: ['order_events'],
  cursor: 'shared',
  restMs: 250,
  async deliver(messages) {
    const ids = new Set<OrderId>();
    for (const { data } of messages) if ('orderId' in data) ids.add(data.orderId);
    await app.db.transaction((trx) => indexOrders(trx, [...ids]));
  },
});
