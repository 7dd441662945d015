import type { Writes } from '../../data/db.ts';
import type { Facts } from '../inventory/state.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { insertExchanges } from './exchange-store.ts';
import { markIssued } from './issued-store.ts';
import { soldAsOf } from './sold-as.ts';
import { confirmOrders, endOrders, insertOrders, markUnbought } from './store.ts';

/**
 * Writes a ledger batch's results for the orders of one event, in the batch's own transaction: new orders, confirmed
 * orders, orders that ended unpaid, and orders whose payment can't buy anything.
 */
export function followLedger(trx: Writes, facts: Facts, sale: EventSale, now: Date): void {
  insertOrders(
    trx,
    facts.ordered.map(({ hold, command }) => ({ hold, draft: command.order })),
    soldAsOf(sale),
    now,
  );
  markIssued(trx, facts.issued, now);
  insertExchanges(trx, facts.swapped, now);
  endOrders(trx, facts.ended, now);
  markUnbought(trx, facts.refundDue);
  confirmOrders(
    trx,
    facts.confirmed.map(({ hold }) => hold),
    now,
  );
}
