import type { App } from '../../app.ts';
import type { Caller } from '../accounts/accounts.ts';
import { actsFor } from './access-store.ts';
import type { OrderRecord } from './orders.ts';

/**
 * Whether the caller may do what the buyer of an order may: they are the buyer, they have opened the order by the link of
 * its mails, or a guest placed it with the confirmed address of the caller's account. The buyer needs no query.
 */
export async function actsForOrder(
  app: Pick<App, 'db'>,
  caller: Pick<Caller, 'userId' | 'key'>,
  order: Pick<OrderRecord, 'id' | 'buyerId'>,
): Promise<boolean> {
  // An API key is for the desk, also if the person who made it has bought tickets.
  if (caller.key) return false;
  return order.buyerId === caller.userId || actsFor(app.db, caller.userId, order.id);
}
