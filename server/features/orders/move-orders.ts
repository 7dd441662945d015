import type { UserId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import { moveOpenings } from './access-store.ts';
import { moveOrders as move } from './store.ts';

/** Gives a guest's orders, and the orders that they opened by a link, to the account that the guest opened. Returns how many were moved. */
export async function moveOrders(trx: Transaction, from: UserId, to: UserId): Promise<number> {
  const moved = await move(trx, from, to);
  await moveOpenings(trx, from, to);
  return moved;
}
