import type { Writes } from '../../data/db.ts';
import type { Facts } from '../inventory/decide.ts';
import { confirmOrders, endOrders, insertOrders, markUnbought } from './store.ts';

/**
 * Writes what a batch of the ledger means for the orders themselves, in the batch's own transaction: new orders,
 * confirmed ones, those that ended unpaid, and those whose money bought nothing.
 */
export function followLedger(trx: Writes, facts: Facts, now: Date): void {
  insertOrders(
    trx,
    facts.ordered.map(({ hold, command }) => ({ hold, draft: command.order })),
    now,
  );
  endOrders(trx, facts.ended, now);
  markUnbought(trx, facts.refundDue);
  confirmOrders(
    trx,
    facts.confirmed.map(({ hold }) => hold),
    now,
  );
}
