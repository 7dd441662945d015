import type { EventId } from '../../../contract/ids.ts';
import type { Writes } from '../../data/db.ts';
import { writeUnhurriedJobs } from '../../work/jobs.ts';
import type { LineEntry } from '../inventory/line.ts';
import type { OfferMailJob } from './waitlist-letter.ts';

/** As many as orders have (orders/order-mails.ts). */
const mailsPerJob = 20;

/** Enqueues the mails about offers of one event in the transaction that makes the offers. */
export function writeOfferMails(
  trx: Writes,
  eventId: EventId,
  entries: Pick<LineEntry, 'id' | 'holdId'>[],
): void {
  const payloads: { [K in keyof OfferMailJob]: OfferMailJob[K] }[][] = [];
  for (let i = 0; i < entries.length; i += mailsPerJob)
    payloads.push(
      entries.slice(i, i + mailsPerJob).map(({ id, holdId }) => ({
        kind: 'waitlist-offer',
        entryId: id,
        ...(holdId && { holdId }),
      })),
    );
  writeUnhurriedJobs(trx, 'send-order-mails', eventId, payloads);
}
