import type { UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { moveHolds } from '../inventory/move-holds.ts';
import { moveOrders } from '../orders/move-orders.ts';

/** Everything a guest holds and ordered becomes the account's they sign in to. Doing it again changes nothing. */
export async function moveBuyer(app: Pick<App, 'db' | 'clock'>, from: UserId, to: UserId): Promise<void> {
  await app.db.transaction(async (trx) => {
    // The ledgers first, as in every batch of theirs: see docs/locks.md.
    await moveHolds(app, trx, from, to);
    await moveOrders(trx, from, to);
  });
}
