import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Transaction, Writes } from '../../data/db.ts';
import { inPortions } from '../../data/in-portions.ts';
import { holdIdOf } from './inventory.ts';
import {
  deleteSeats,
  deleteSoldHolds,
  deleteUnsoldPlaces,
  hasBuyers,
  lockLedgerToForget,
} from './retention-store.ts';
import { lockLedgers } from './store.ts';

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

/**
 * Deletes the seats and codes of an event that is long over, and what its team blocked. False if an order is left, or if somebody else
 * has locked the ledger.
 */
export async function forgetPlaces(app: Pick<App, 'db'>, eventId: EventId): Promise<boolean> {
  if (await hasBuyers(app.db, eventId)) return false;
  await inPortions(() => deleteSeats(app.db, eventId));
  return app.db.transaction(async (trx) => {
    if (!(await lockLedgerToForget(trx, eventId)) || (await hasBuyers(trx, eventId))) return false;
    deleteUnsoldPlaces(trx, eventId);
    return true;
  });
}

/**
 * Deletes the places of a draft, with the codes and blocks that its team made, in the transaction that deletes the event. False if
 * somebody has bought places of it.
 */
export async function deletePlacesOfDraft(trx: Transaction, eventId: EventId): Promise<boolean> {
  await lockLedgers(trx, [eventId]);
  if (await hasBuyers(trx, eventId)) return false;
  deleteUnsoldPlaces(trx, eventId);
  return true;
}
