import type { OrderId, ResaleId, TransferId } from '../../../contract/ids.ts';
import type { ResaleEnd } from '../../../contract/resale-shapes.ts';
import type { Writes } from '../../data/db.ts';
import { writeJobs } from '../../work/jobs.ts';
import { orderIdOf } from '../inventory/inventory.ts';
import type { Resale } from '../inventory/resale.ts';

/** A mail to the holder of a ticket on resale. Its text is made from the offer when it is sent (notifications/). */
export interface ResaleMail {
  kind: 'resale-offered' | 'resale-sold' | 'resale-ended';
  resaleId: ResaleId;
  orderId: OrderId;
  /** The transfer by which they hold the ticket; null for the buyer of the order. */
  heldBy: TransferId | null;
}

/**
 * Enqueues mails about offers for resale that began or ended, in the transaction of their batch. The holder knows of a withdrawal,
 * a scan and a return; another mail tells of a refund and of a cancelled event.
 */
export const writeResaleMails = (trx: Writes, resales: Resale[]): void =>
  enqueueResaleMails(
    trx,
    resales.flatMap(({ id, holdId, transferId: heldBy, status, endedBecause }) => {
      const kind = kindOf(status, endedBecause);
      return kind ? [{ kind, resaleId: id, orderId: orderIdOf(holdId), heldBy }] : [];
    }),
  );

export const enqueueResaleMails = (trx: Writes, mails: ResaleMail[]): void =>
  writeJobs(
    trx,
    mails.map((mail) => ({ task: 'send-mail', payload: { ...mail } })),
  );

/** The ends of which the holder hears by this mail only. */
const told: ReadonlySet<ResaleEnd> = new Set(['unsold', 'off', 'refunded', 'disputed']);

function kindOf(status: Resale['status'], because: Resale['endedBecause']): ResaleMail['kind'] | null {
  if (status === 'offered') return 'resale-offered';
  if (status === 'sold') return 'resale-sold';
  return because !== null && told.has(because) ? 'resale-ended' : null;
}
