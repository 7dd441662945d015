import type { UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { moveHolds } from '../inventory/move-holds.ts';
import { moveOrders } from '../orders/move-orders.ts';
import { moveTickets } from '../tickets/move-tickets.ts';
import { moveTransfers } from '../transfers/move-transfers.ts';
import { moveEntries } from '../waiting-room/move-entries.ts';

/**
 * Gives all holds, orders, received tickets, transfers and places in queues of a guest to the account that the guest signs in to. Repeating it
 * changes nothing.
 */
export async function moveBuyer(app: Pick<App, 'db' | 'clock'>, from: UserId, to: UserId): Promise<void> {
  await app.db.transaction(async (trx) => {
    // Ledgers come first, as in every batch of the ledger: see docs/locks.md.
    await moveHolds(app, trx, from, to);
    await moveOrders(trx, from, to);
    await moveTickets(trx, from, to);
    await moveTransfers(trx, from, to);
    await moveEntries(trx, from, to, app.clock.now());
  });
}
