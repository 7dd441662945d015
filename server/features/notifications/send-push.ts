import type { UserId } from '../../../contract/ids.ts';
import { isPushed, type PushedKind } from '../../../contract/message-kinds.ts';
import type { App } from '../../app.ts';
import { enqueueJobs, type Job } from '../../work/jobs.ts';
import { readMessageSettings } from '../accounts/message-choices.ts';
import { placesIn } from '../inventory/extras.ts';
import { type EntryRow, readEntry } from '../inventory/read-line.ts';
import type { OrderRecord } from '../orders/orders.ts';
import { readOrder } from '../orders/read-order.ts';
import { type EventSale, readEventSale } from '../sale/event-sale.ts';
import { eventTimes } from '../tickets/ticket-page.ts';
import { Busy } from './busy.ts';
import type { About } from './deliveries-store.ts';
import { eventUrl, isOffered, isOpen, offerUrl } from './line-mail.ts';
import { Undeliverable } from './mailer.ts';
import type { Notification } from './push-sender.ts';
import { endSubscription, listSubscriptions, type PushSubscriptionRow } from './push-store.ts';
import { quietUntil } from './quiet-hours.ts';
import type { TurnMailJob } from './turn-letter.ts';
import { readTurnNews } from './turn-mail.ts';
import { type OfferMailJob, waitlistLetter } from './waitlist-letter.ts';
import { letterWords } from './words.ts';

type PushJob = {
  kind: string;
  /** The key of the mail with the same cause. */
  cause: string;
} & (
  | { orderId: OrderRecord['id'] }
  | { entryId: OfferMailJob['entryId'] }
  | Pick<TurnMailJob, 'eventId' | 'queueEntryId'>
);

/** The job that sends a message to the browsers of its recipient. A cause has one. */
export const pushJob = (job: PushJob): Job => ({
  task: 'send-push',
  payload: { ...job },
  key: `push:${job.cause}`,
});

export const enqueuePush = (app: Pick<App, 'db'>, job: PushJob): Promise<void> =>
  enqueueJobs(app.db, [pushJob(job)]);

/** Enqueues a message for a person in the line if they have browsers that show it. */
export async function pushToWaiting(app: App, userId: UserId, job: PushJob): Promise<void> {
  if ((await listSubscriptions(app.db, userId)).length > 0) await enqueuePush(app, job);
}

/** A message for browsers, whom it is for, and until when it is of use. */
interface PushMatter {
  userId: UserId;
  usefulUntil: Date;
  about: About;
  notification: Notification;
}

/**
 * Sends a message to every browser that its recipient has allowed to show it, each once. A browser that has ended its
 * subscription is forgotten. A busy service gets the rest when it says.
 */
export async function sendPush(app: App, job: PushJob): Promise<void> {
  if (!isPushed(job.kind)) return;
  const matter = await matterOf(app, job.kind, job);
  if (!matter) return;
  const { userId, usefulUntil, about, notification } = matter;
  const { pushOff, quietHours } = await readMessageSettings(app, userId);
  if (pushOff.includes(job.kind)) return;
  const quietEnd = quietHours && quietUntil(app.clock.now(), quietHours);
  // The news would come too late for an event that begins, or an offer that ends, before the quiet hours end.
  if (quietEnd && quietEnd < usefulUntil) {
    await enqueueJobs(app.db, [{ task: 'send-push', payload: { ...job }, runAt: quietEnd }]);
    return;
  }
  const targets = await listSubscriptions(app.db, userId);
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

const matterOf = (app: App, kind: PushedKind, job: PushJob): Promise<PushMatter | null> => {
  if ('queueEntryId' in job) return turnMatter(app, job);
  return 'entryId' in job ? entryMatter(app, kind, job.entryId) : orderMatter(app, kind, job.orderId);
};

/** A message about a turn is of use until the turn ends, or until it comes. */
async function turnMatter(
  app: App,
  job: Pick<TurnMailJob, 'eventId' | 'queueEntryId'>,
): Promise<PushMatter | null> {
  const news = await readTurnNews(app, job);
  if (!news) return null;
  const { turn, letter, path, person } = news;
  const kind = 'queue-turn';
  const { language } = person;
  const { userId, when } = turn;
  return {
    userId,
    usefulUntil: 'until' in when ? when.until : new Date(app.clock.now().getTime() + when.inSeconds * 1000),
    about: { kind, language, order: null },
    notification: {
      title: letter.subject,
      body: letter.preview,
      path,
      language,
      tag: `${kind}:${job.queueEntryId}`,
    },
  };
}

async function orderMatter(
  app: App,
  kind: PushedKind,
  orderId: OrderRecord['id'],
): Promise<PushMatter | null> {
  const order = await readOrder(app, orderId);
  const event = order && (await readEventSale(app, order.eventId));
  if (!order || !event || order.status === 'pending' || kind === 'waitlist-offer' || kind === 'queue-turn')
    return null;
  return {
    userId: order.buyerId,
    usefulUntil: event.startsAt,
    about: {
      kind,
      language: order.language,
      order: { id: order.id, eventId: event.eventId, job: null, pushTo: null },
    },
    notification: notificationOf(kind, order, event),
  };
}

/** Null if there is nothing to tell any more. */
async function entryMatter(
  app: App,
  kind: PushedKind,
  entryId: OfferMailJob['entryId'],
): Promise<PushMatter | null> {
  const entry = await readEntry(app, entryId);
  const event = entry && (await readEventSale(app, entry.event_id));
  const said = event && entryWords(app, kind, entry, event);
  if (!said) return null;
  const { subject, preview, url, usefulUntil } = said;
  const { language } = entry;
  return {
    userId: entry.user_id,
    usefulUntil,
    about: { kind, language, order: null, eventId: entry.event_id },
    notification: {
      title: subject,
      body: preview,
      path: url.slice(app.config.publicUrl.length),
      language,
      tag: `${kind}:${entryId}`,
    },
  };
}

function entryWords(
  app: App,
  kind: PushedKind,
  entry: EntryRow,
  event: EventSale,
): { subject: string; preview: string; url: string; usefulUntil: Date } | null {
  if (kind === 'waitlist-offer') {
    if (!isOffered(entry, app.clock.now())) return null;
    const url = offerUrl(app, entry.id);
    const { subject, preview } = waitlistLetter({ entry, event, url, name: '', resalePrice: null });
    return { subject, preview, url, usefulUntil: entry.offer_ends_at ?? event.startsAt };
  }
  const { language } = entry;
  const t = letterWords(language);
  const rest = { url: eventUrl(app, event), usefulUntil: event.startsAt };
  if (kind === 'event-cancelled')
    return {
      subject: t('eventCancelledSubject', { event: event.title }),
      preview: t('eventCancelledWaitingPreview'),
      ...rest,
    };
  // A cancelled event has its own message.
  if (!isOpen(entry) || event.status === 'cancelled') return null;
  const when = t('whenIs', eventTimes(event, language));
  return {
    subject: t('movedSubject', { event: event.title }),
    preview: t('movedPreview', { when }),
    ...rest,
  };
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
    if (answer.is === 'later') throw new Busy('push service', answer.seconds);
    if (answer.is === 'accepted') return;
    await endSubscription(app.db, target.id);
    throw new Undeliverable('the browser has ended its subscription');
  });
  if (outcome === 'failed') app.metrics.messagesFailed.inc({ kind: about.kind, channel: 'push' });
}

function notificationOf(
  kind: Exclude<PushedKind, 'waitlist-offer' | 'queue-turn'>,
  order: OrderRecord,
  event: EventSale,
): Notification {
  const { language, number } = order;
  const t = letterWords(language);
  const path = `/orders/${order.id}`;
  const made = (title: string, body: string) => ({ title, body, path, language, tag: `${kind}:${order.id}` });
  switch (kind) {
    case 'order-confirmed': {
      // An order of extras alone is counted by its extras.
      const count = placesIn(order.lines) || order.lines.reduce((sum, { quantity }) => sum + quantity, 0);
      return made(t('confirmedSubject', { event: event.title }), t('pushConfirmed', { count, number }));
    }
    case 'payment-failed':
      return made(t('paymentFailedSubject', { event: event.title }), t('paymentFailedPreview', { number }));
    case 'event-moved':
      return made(
        t('movedSubject', { event: event.title }),
        t('movedPreview', { when: t('whenIs', eventTimes(event, language)) }),
      );
    case 'event-cancelled':
      return made(
        t('eventCancelledSubject', { event: event.title }),
        t(order.confirmedAt === null ? 'eventCancelledUnpaidPreview' : 'eventCancelledPreview', { number }),
      );
  }
}
