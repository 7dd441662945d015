import type { EventId, WaitlistEntryId } from '../../../contract/ids.ts';
import type { Writes } from '../../data/db.ts';
import { writeUnhurriedJobs } from '../../work/jobs.ts';

/** As many as orders have (orders/order-mails.ts). */
const mailsPerJob = 20;

/** Enqueues the mails about offers of one event in the transaction that makes the offers. */
export function writeOfferMails(trx: Writes, eventId: EventId, entryIds: WaitlistEntryId[]): void {
  const payloads: { kind: string; entryId: WaitlistEntryId }[][] = [];
  for (let i = 0; i < entryIds.length; i += mailsPerJob)
    payloads.push(entryIds.slice(i, i + mailsPerJob).map((entryId) => ({ kind: 'waitlist-offer', entryId })));
  writeUnhurriedJobs(trx, 'send-order-mails', eventId, payloads);
}
