import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Transaction, Writes } from '../../data/db.ts';
import { inPortions } from '../../data/in-portions.ts';
import { holdIdOf } from './inventory.ts';
import { deleteSeats, deleteSoldHolds, hasHolds, lockLedgerToForget } from './retention-store.ts';

/** Locks the ledger of an event that is long over. False if somebody else has locked it. */
export const lockOldLedger = (trx: Transaction, eventId: EventId): Promise<boolean> =>
  lockLedgerToForget(trx, eventId);

/** Deletes the places of orders in the caller's transaction, which has locked the ledger. */
export const forgetSold = (
  trx: Writes,
  eventId: EventId,
  orderIds: OrderId[],
  cancelled: { orderId: OrderId; position: number }[],
): void =>
  deleteSoldHolds(
    trx,
    eventId,
    orderIds.map(holdIdOf),
    cancelled.map(({ orderId, position }) => ({ holdId: holdIdOf(orderId), position })),
  );

/** Deletes the seats of an event that has no holds. False if it has some. */
export async function forgetSeats(app: Pick<App, 'db'>, eventId: EventId): Promise<boolean> {
  if (await hasHolds(app.db, eventId)) return false;
  await inPortions(() => deleteSeats(app.db, eventId));
  return true;
}
