import type { OrderId } from '../../../contract/ids.ts';
import type { Writes } from '../../data/db.ts';
import { writeUnhurriedJobs } from '../../work/jobs.ts';
import type { OrderMailJob } from './mail-job.ts';

/** Enqueueing a job for each costs more than a place in a hold, and a stop waits for the job that is under way. */
const mailsPerJob = 10;

/**
 * Enqueues mails about orders in the transaction that causes them: they are sent if it commits, once. Whoever wrote
 * them a second time would send nothing more, because the mailer knows a mail by its key (send-mail.ts).
 */
export function writeOrderMails(trx: Writes, mails: OrderMailJob[]): void {
  const payloads: OrderMailJob[][] = [];
  for (let i = 0; i < mails.length; i += mailsPerJob) payloads.push(mails.slice(i, i + mailsPerJob));
  writeUnhurriedJobs(
    trx,
    'send-order-mails',
    payloads.map((some) => some.map((mail) => ({ ...mail }))),
  );
}

/** The mail that brings the tickets. */
export const confirmedMail = (orderId: OrderId): OrderMailJob => ({ kind: 'order-confirmed', orderId });
