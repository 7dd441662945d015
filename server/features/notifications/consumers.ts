import type { OrderId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { App } from '../../app.ts';
import type { Message } from '../../bus.ts';
import { enqueueJobs, type Job } from '../../jobs.ts';
import type { MailJob, RefundReason } from './mail-job.ts';

/** Queueing a job for each costs more than a place in a hold, and a stop waits for the job that is under way. */
const mailsPerJob = 10;

/**
 * Turns what has happened into mail jobs. Messages may come twice: the mail has the order's key, so that nobody
 * is written to twice.
 */
export function notificationsConsumers(app: App): void {
  const enqueue = async (messages: Message[]) => {
    const mails = messages.flatMap((message) => mailAbout(message) ?? []);
    const jobs: Job[] = [];
    for (let i = 0; i < mails.length; i += mailsPerJob) {
      const payload = mails.slice(i, i + mailsPerJob).map((mail) => ({ ...mail }));
      jobs.push({ task: 'send-order-mails', payload });
    }
    await enqueueJobs(app.db, jobs);
    app.log.debug({ messages: messages.length }, 'mail was enqueued');
  };
  app.bus.subscribe('order_events', enqueue);
  app.bus.subscribe('payment_notifications', enqueue);
}

function mailAbout({ type, payload }: Message): MailJob | null {
  const orderId = payload.orderId as OrderId;
  const currency = payload.currency as Currency;
  switch (type) {
    case 'order.confirmed':
      return { kind: 'order-confirmed', orderId };
    case 'order.cancelled':
      // An order that was dropped before it was paid is no news to the person who dropped it.
      if (payload.paid !== true) return null;
      return {
        kind: 'order-cancelled',
        orderId,
        refund: { amount: payload.refundMinor as number, currency },
      };
    case 'payment.refunded':
    case 'payment.late_refunded':
      return {
        kind: type === 'payment.refunded' ? 'refund-sent' : 'late-refund-sent',
        orderId,
        refundId: payload.refundId as string,
        reason: payload.reason as RefundReason,
        refund: { amount: payload.amountMinor as number, currency },
      };
    default:
      return null;
  }
}
