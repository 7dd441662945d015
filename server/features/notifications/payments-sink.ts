import type { OrderId } from '../../../contract/ids.ts';
import type { Message } from '../../../contract/messages.ts';
import type { App } from '../../app.ts';
import type { Sink } from '../../data/bus.ts';
import { enqueueJobs, type Job } from '../../work/jobs.ts';
import { findSubscribed } from './push-store.ts';
import { pushJob } from './send-push.ts';

/**
 * The notification service: tells buyers what has become of their payment (docs/streams.md). A payment that failed is told by a mail.
 * An order that was paid is told to the buyer's browsers; the mail with its tickets is a job of the transaction itself,
 * so that nothing delays it. A message may come twice: each job's key names its cause, and the cause is told once.
 */
export const paymentsSink = (app: Pick<App, 'db'>): Sink => ({
  name: 'notifications',
  topics: ['order_events', 'payment_notifications'],
  types: ['admit.order.confirmed.v1', 'admit.payment.failed.v1'],
  cursor: 'shared',
  deliver: (messages) => enqueueNotices(app, messages),
  restMs: 200,
});

async function enqueueNotices(app: Pick<App, 'db'>, messages: Message[]): Promise<void> {
  const confirmed = messages.flatMap((message) =>
    message.type === 'admit.order.confirmed.v1' ? [message.data] : [],
  );
  const subscribed = await findSubscribed(
    app.db,
    confirmed.map(({ buyerId }) => buyerId),
  );
  const pushes = confirmed
    .filter(({ buyerId }) => subscribed.has(buyerId))
    .map(({ orderId }) => pushJob({ kind: 'order-confirmed', orderId, cause: `order-confirmed:${orderId}` }));
  const mails = messages.flatMap((message) =>
    // After a declined card the buyer may try another one. An order can also fail although it was paid; its refund is told.
    message.type === 'admit.payment.failed.v1' && message.data.reason === 'cancelled'
      ? [failedMail(message.data)]
      : [],
  );
  await enqueueJobs(app.db, [...pushes, ...mails]);
}

const failedMail = ({
  orderId,
  eventId,
}: {
  orderId: OrderId;
  eventId: Message['data']['eventId'];
}): Job => ({
  task: 'send-order-mails',
  payload: [{ kind: 'payment-failed', orderId }],
  key: `payment-failed:${orderId}`,
  turnOf: eventId,
});
