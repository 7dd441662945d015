import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import { settlePassJob, writeJobs } from '../../work/jobs.ts';
import { settleAgain } from './store.ts';

/**
 * Has a pass settled again after a scan of a ticket of a date was taken back. While the ticket was used it could not end. If its pass has
 * ended or was passed on in the meantime, it ends now.
 */
export async function settleAfterUndo(trx: Transaction, eventId: EventId, orderId: OrderId): Promise<void> {
  const [pass] = await settleAgain(trx, eventId, orderId);
  if (pass) writeJobs(trx, [settlePassJob(pass.passId)]);
}
