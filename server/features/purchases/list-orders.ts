import { Refused } from '../../../contract/errors.ts';
import { idPrefixes, type OrderId } from '../../../contract/ids.ts';
import type { Order } from '../../../contract/orders.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { readOrdersOf } from '../orders/read-order.ts';
import { showOrders } from './show-orders.ts';

/** Lists the caller's orders, newest first. The cursor is the id of the last order shown. */
export async function listOrders(
  app: App,
  call: Call<undefined, { cursor?: string | undefined; limit: number }, undefined, 'signed-in'>,
): Promise<{ items: Order[]; nextCursor: string | null }> {
  const { cursor, limit } = call.query;
  if (cursor !== undefined && !cursor.startsWith(`${idPrefixes.order}_`)) {
    throw new Refused('invalid_request', { detail: 'This cursor is not valid. Start again without one.' });
  }
  const orders = await readOrdersOf(app, call.caller.userId, (cursor as OrderId) ?? null, limit + 1);
  const page = orders.slice(0, limit);
  return {
    items: await showOrders(app, page, { toBuyer: true }),
    nextCursor: orders.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}
