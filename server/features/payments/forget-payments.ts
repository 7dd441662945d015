import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Transaction, Writes } from '../../data/db.ts';
import { inPortions } from '../../data/in-portions.ts';
import { deletePayments, deleteSettledReviews, lockSettledPayments } from './retention-store.ts';

/**
 * Locks the payments and refunds of orders. Returns the orders of which no money is under way, in dispute or on the
 * list of unmatched money, and of which none has moved since `before`.
 */
export const lockOldPayments = (
  trx: Transaction,
  eventId: EventId,
  orderIds: OrderId[],
  before: Date,
): Promise<OrderId[]> => lockSettledPayments(trx, eventId, orderIds, before);

/** Deletes the payments, refunds and ledger entries of orders in the caller's transaction. */
export const forgetPayments = (trx: Writes, eventId: EventId, orderIds: OrderId[]): void =>
  deletePayments(trx, eventId, orderIds);

/** Deletes what a person settled on the list of unmatched money before this instant, with its ledger entries. */
export const forgetMoneyReviews = (app: Pick<App, 'db'>, before: Date): Promise<number> =>
  inPortions(() => app.db.transaction((trx) => deleteSettledReviews(trx, before)));
