import { isPushed, type PushedKind } from '../../../contract/message-kinds.ts';
import type { App } from '../../app.ts';
import { enqueueJobs } from '../../work/jobs.ts';
import { readPushChoices } from '../accounts/message-choices.ts';
import type { OrderRecord } from '../orders/orders.ts';
import { readOrder } from '../orders/read-order.ts';
import { type EventSale, readEventSale } from '../sale/event-sale.ts';
import { eventTimes } from '../tickets/ticket-page.ts';
import type { About } from './deliveries-store.ts';
import { Undeliverable } from './mailer.ts';
import type { Notification } from './push-sender.ts';
import { endSubscription, listSubscriptions, type PushSubscriptionRow } from './push-store.ts';
import { quietUntil } from './quiet-hours.ts';
import { letterWords } from './words.ts';

interface PushJob {
  kind: string;
  orderId: OrderRecord['id'];
  /** The key of the mail with the same cause. */
  cause: string;
}

/** Enqueues a message for the browsers of its recipient, once for each cause. */
export const enqueuePush = (app: Pick<App, 'db'>, job: PushJob): Promise<void> =>
  enqueueJobs(app.db, [{ task: 'send-push', payload: { ...job }, key: `push:${job.cause}` }]);

/**
 * Sends a message to every browser that the order's buyer has allowed to show it, each once. A browser that has ended its
 * subscription is forgotten. A busy service gets the rest when it says.
 */
export async function sendPush(app: App, job: PushJob): Promise<void> {
  const order = await readOrder(app, job.orderId);
  const event = order && (await readEventSale(app, order.eventId));
  if (!order || !event || !isPushed(job.kind) || order.status === 'pending') return;
  const { off, quietHours } = await readPushChoices(app, order.buyerId);
  if (off.includes(job.kind)) return;
  const quietEnd = quietHours && quietUntil(app.clock.now(), quietHours);
  // The news would come too late for an event that begins before the quiet hours end.
  if (quietEnd && quietEnd < event.startsAt) {
    await enqueueJobs(app.db, [{ task: 'send-push', payload: { ...job }, runAt: quietEnd }]);
    return;
  }
  const notification = notificationOf(job.kind, order, event);
  const about: About = {
    kind: job.kind,
    language: order.language,
    order: { id: order.id, eventId: event.eventId, job: null, pushTo: null },
  };
  const targets = await listSubscriptions(app.db, order.buyerId);
  const answers = await Promise.allSettled(
    targets.map((target) => pushTo(app, { target, cause: job.cause, about, notification })),
  );
  const failed = answers.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected' && !(failed.reason instanceof Busy)) throw failed.reason;
  const pauses = answers.flatMap((answer) =>
    answer.status === 'rejected' && answer.reason instanceof Busy ? [answer.reason.seconds] : [],
  );
  if (pauses.length === 0) return;
  const runAt = new Date(app.clock.now().getTime() + Math.max(...pauses) * 1000);
  await enqueueJobs(app.db, [{ task: 'send-push', payload: { ...job }, runAt }]);
}

class Busy extends Error {
  readonly seconds: number;
  constructor(seconds: number) {
    super(`the push service is busy for ${seconds} s`);
    this.seconds = seconds;
  }
}

async function pushTo(
  app: App,
  parts: { target: PushSubscriptionRow; cause: string; about: About; notification: Notification },
): Promise<void> {
  const { target, cause, about, notification } = parts;
  const delivery = {
    key: `push:${target.id}:${cause}`,
    channel: 'push' as const,
    recipient: new URL(target.endpoint).hostname,
    about,
  };
  const outcome = await app.deliveries.deliver(delivery, async () => {
    if (!app.push.mayUse(target.endpoint))
      throw new Undeliverable('the endpoint is not in the public internet');
    const answer = await app.push.send(target, notification);
    if (answer.is === 'later') throw new Busy(answer.seconds);
    if (answer.is === 'accepted') return;
    await endSubscription(app.db, target.id);
    throw new Undeliverable('the browser has ended its subscription');
  });
  if (outcome === 'failed') app.metrics.messagesFailed.inc({ kind: about.kind, channel: 'push' });
}

function notificationOf(kind: PushedKind, order: OrderRecord, event: EventSale): Notification {
  const { language, number } = order;
  const t = letterWords(language);
  const path = `/orders/${order.id}`;
  const made = (title: string, body: string) => ({ title, body, path, language, tag: `${kind}:${order.id}` });
  switch (kind) {
    case 'order-confirmed': {
      const count = order.lines.reduce((sum, { quantity }) => sum + quantity, 0);
      return made(t('confirmedSubject', { event: event.title }), t('pushConfirmed', { count, number }));
    }
    case 'event-moved':
      return made(
        t('movedSubject', { event: event.title }),
        t('movedPreview', { when: t('whenIs', eventTimes(event, language)) }),
      );
    case 'event-cancelled':
      return made(t('eventCancelledSubject', { event: event.title }), t('eventCancelledPreview', { number }));
  }
}
