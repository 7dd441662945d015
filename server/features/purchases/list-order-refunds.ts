import { Refused } from '../../../contract/errors.ts';
import type { OrderId } from '../../../contract/ids.ts';
import type { Refund } from '../../../contract/refunds.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { readOrder } from '../orders/read-order.ts';
import { requireSight } from './require-sight.ts';
import { showRefunds } from './show-refunds.ts';

/** Lists the refunds of an order for its buyer and for the managers of its event. */
export async function listOrderRefunds(
  app: App,
  call: Call<{ orderId: OrderId }, undefined, undefined, 'holder-or-team'>,
): Promise<{ items: Refund[] }> {
  const order = await readOrder(app, call.params.orderId);
  if (!order) throw new Refused('not_found');
  await requireSight(app, call.caller, order);
  return { items: (await showRefunds(app, order)).map(({ refund }) => refund) };
}
