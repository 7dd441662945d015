import type { App } from '../../app.ts';
import type { TaskHandlers } from '../../work/jobs.ts';
import { issueForMails } from '../documents/issue-for-mails.ts';
import type { OrderRecord } from '../orders/orders.ts';
import { readOrder } from '../orders/read-order.ts';
import type { MailJob } from './mail-job.ts';
import { sendOrderLink } from './mail-order-link.ts';
import { openMail, type WaitingMailJob } from './open-mail.ts';
import { remindBuyers, remindOfEvents } from './remind-of-events.ts';
import { sendBroadcast } from './send-broadcast.ts';
import { sendMail } from './send-mail.ts';
import { sendPush } from './send-push.ts';
import { sendSms } from './send-sms.ts';
import { tellMoved } from './tell-moved.ts';
import { tellSeatsChanged } from './tell-seats-changed.ts';
import { tellTurns } from './tell-turns.ts';

export const notificationsTasks = (app: App): TaskHandlers => ({
  'send-mail': async (payload) => {
    const job = openMail(app, payload as unknown as WaitingMailJob);
    if (job) await sendMail(app, job);
  },
  'send-order-mails': (payloads) => sendAtOnce(app, payloads as unknown as MailJob[]),
  'mail-order-link': (payload) => sendOrderLink(app, payload),
  'tell-turns': (payload) => tellTurns(app, payload),
  'tell-moved': (payload) => tellMoved(app, payload),
  'tell-seats-changed': (payload) => tellSeatsChanged(app, payload),
  'send-broadcast': (payload) => sendBroadcast(app, payload),
  'remind-of-events': () => remindOfEvents(app),
  'send-push': (payload) => sendPush(app, payload),
  'send-sms': (payload) => sendSms(app, payload),
  'remind-buyers': (payload) => remindBuyers(app, payload),
});

/** Sends the mails of a job at once, so that they share queries. Each may fail alone. */
async function sendAtOnce(app: App, jobs: MailJob[]): Promise<Promise<void>[]> {
  const orders = await Promise.all(
    jobs.map((job) => ('orderId' in job ? readOrder(app, job.orderId) : null)),
  );
  await issueForMails(
    app,
    orders.filter((order, i) => order !== null && tellsOfSale(jobs[i])) as OrderRecord[],
  );
  const sent = jobs.map((job, i) => sendMail(app, job, orders[i]));
  await Promise.allSettled(sent);
  return sent;
}

/** A held order is paid, so it has its receipt before its tickets. */
const tellsOfSale = (job: MailJob | undefined): boolean =>
  job?.kind === 'order-confirmed' || job?.kind === 'order-held';
