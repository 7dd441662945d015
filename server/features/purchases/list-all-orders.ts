import type { OrderId, UserId } from '../../../contract/ids.ts';
import type { Order } from '../../../contract/orders.ts';
import type { App } from '../../app.ts';
import { readOrdersOf } from '../orders/read-order.ts';
import { showOrders } from './show-orders.ts';

const ordersAtOnce = 200;

/** Lists every order of a buyer, newest first, for other features. */
export async function listAllOrders(app: App, buyerId: UserId): Promise<Order[]> {
  const all: Order[] = [];
  let before: OrderId | null = null;
  for (;;) {
    const orders = await readOrdersOf(app, buyerId, before, ordersAtOnce);
    all.push(...(await showOrders(app, orders)));
    if (orders.length < ordersAtOnce) return all;
    before = orders.at(-1)?.id ?? null;
  }
}
