import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { scoreOrders } from './score-orders.ts';
import { readBought } from './store.ts';

/**
 * Scores the orders that were bought while the organiser looked at none, so that later orders are compared with them, too. Their
 * networks are not known any more.
 */
export async function scoreEarlierOrders(app: App, { eventId }: { eventId: EventId }): Promise<void> {
  let after = '';
  for (;;) {
    const orders = await readBought(app.db, eventId, after);
    const last = orders.at(-1);
    if (!last) return;
    await scoreOrders(app, { eventId, orders: orders.map((order) => ({ ...order, network: null })) });
    after = last.orderId;
  }
}
