import type { OrderId } from '../../../contract/ids.ts';
import type { Writes } from '../../db.ts';
import { type Job, writeJobs } from '../../jobs.ts';
import type { OrderMailJob } from './mail-job.ts';

/** Enqueueing a job for each costs more than a place in a hold, and a stop waits for the job that is under way. */
const mailsPerJob = 10;

/**
 * Enqueues mails about orders in the transaction that causes them: they are sent if it commits, once. Whoever wrote
 * them a second time would send nothing more, because the mailer knows a mail by its key (send-mail.ts).
 */
export const writeOrderMails = (trx: Writes, mails: OrderMailJob[]): void => writeJobs(trx, jobsFor(mails));

function jobsFor(mails: OrderMailJob[]): Job[] {
  const jobs: Job[] = [];
  for (let i = 0; i < mails.length; i += mailsPerJob) {
    const payload = mails.slice(i, i + mailsPerJob).map((mail) => ({ ...mail }));
    jobs.push({ task: 'send-order-mails', payload });
  }
  return jobs;
}

/** The mail that brings the tickets. */
export const confirmedMail = (orderId: OrderId): OrderMailJob => ({ kind: 'order-confirmed', orderId });
