import type { Writes } from '../../data/db.ts';
import { enterBankUsed } from '../payments/bank-money.ts';
import type { Charge } from '../payments/payment.ts';
import { finishMatches } from './entry-store.ts';

/**
 * Enters that transfers have paid these orders, in the transaction of their charges: the money leaves the accounts of its entries, and
 * the charge puts it into the till. It writes nothing for other charges.
 */
export function finishTransfers(trx: Writes, charges: Charge[], now: Date): void {
  const paid = charges.flatMap(({ orderId, byTransfer }) => (byTransfer ? [orderId] : []));
  if (paid.length === 0) return;
  finishMatches(trx, paid, now);
  enterBankUsed(trx, paid, now);
}
