import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { listHeldOrders } from '../tickets/release-tickets.ts';
import { scoreOrders } from './score-orders.ts';
import { readBought } from './store.ts';

/**
 * Scores the orders that were bought while the organiser looked at none, so that later orders are compared with them, too. Their
 * networks are not known any more. Orders whose tickets wait were bought afterwards: each has a job of its own, which knows the network.
 */
export async function scoreEarlierOrders(app: App, { eventId }: { eventId: EventId }): Promise<void> {
  let after = '';
  for (;;) {
    const orders = await readBought(app.db, eventId, after);
    const last = orders.at(-1);
    if (!last) return;
    const held = await listHeldOrders(
      app.db,
      eventId,
      orders.map(({ orderId }) => orderId),
    );
    const waiting = new Set(held.map(({ orderId }) => orderId));
    const earlier = orders.filter(({ orderId }) => !waiting.has(orderId));
    await scoreOrders(app, { eventId, orders: earlier.map((order) => ({ ...order, network: null })) });
    after = last.orderId;
  }
}
