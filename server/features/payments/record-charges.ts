import type { App } from '../../app.ts';
import type { Writes } from '../../data/db.ts';
import type { Charge } from './payment.ts';
import { insertChargeTransfers } from './store.ts';

/**
 * Enters charges in the ledger and marks their payments as succeeded. Recording the same charge again changes
 * nothing.
 */
export function recordCharges(app: App, trx: Writes, charges: Charge[], now: Date): void {
  if (charges.length > 0) insertChargeTransfers(trx, app.payments.name, charges, now);
}
