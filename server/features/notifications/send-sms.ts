import type { UserId } from '../../../contract/ids.ts';
import type { Language } from '../../../contract/languages.ts';
import { isTexted, type TextedKind } from '../../../contract/message-kinds.ts';
import type { App } from '../../app.ts';
import { enqueueJobs, type Job } from '../../work/jobs.ts';
import { readMessageSettings } from '../accounts/message-choices.ts';
import { readEntry } from '../inventory/read-line.ts';
import type { OrderRecord } from '../orders/orders.ts';
import { readOrder } from '../orders/read-order.ts';
import { type EventSale, readEventSale } from '../sale/event-sale.ts';
import { instantText } from '../tickets/ticket-page.ts';
import { Busy } from './busy.ts';
import type { About } from './deliveries-store.ts';
import { eventUrl, isOpen, offerUrl } from './line-mail.ts';
import { Undeliverable } from './mailer.ts';
import { findPhone, giveBackSegments, spendSegments, stopNumber } from './phone-store.ts';
import { quietUntil } from './quiet-hours.ts';
import type { SmsSender } from './sms-sender.ts';
import { maskedNumber, plainPunctuation, segmentsOf, short } from './sms-text.ts';
import type { OfferMailJob } from './waitlist-letter.ts';
import { letterWords } from './words.ts';

type SmsJob = {
  kind: string;
  /** The key of the mail with the same cause. */
  cause: string;
} & ({ orderId: OrderRecord['id'] } | { entryId: OfferMailJob['entryId'] });

/** The address that the provider tells what has become of a message. */
export const statusUrl = (app: App, key: string): string =>
  `${app.config.publicUrl}/api/webhooks/sms-statuses?${new URLSearchParams({ key })}`;

/** The job that sends an SMS. A cause has one. */
export const smsJob = (job: SmsJob): Job => ({
  task: 'send-sms',
  payload: { ...job },
  key: `sms:${job.cause}`,
});

/** Enqueues an SMS about an order or the line, once for each cause, if the person gets SMS. */
export async function enqueueSms(app: App, userId: UserId, job: SmsJob): Promise<void> {
  if (!app.sms || !(await findPhone(app.db, userId))?.number) return;
  await enqueueJobs(app.db, [smsJob(job)]);
}

/** What an SMS says, whom it is for, and until when it is of use. */
interface SmsMatter {
  userId: UserId;
  event: EventSale;
  usefulUntil: Date;
  about: About;
  text: string;
}

/**
 * Sends an SMS to a person who has confirmed a number, wants this kind and has not answered STOP. In their quiet hours it waits,
 * if it is still of use afterwards. What the event may not pay for today is withheld: the mail has said the same.
 */
export async function sendSms(app: App, job: SmsJob): Promise<void> {
  const { sms } = app;
  if (!sms || !isTexted(job.kind)) return;
  const matter =
    'entryId' in job
      ? await entryMatter(app, job.kind, job.entryId)
      : await orderMatter(app, job.kind, job.orderId);
  const now = app.clock.now();
  if (!matter || matter.usefulUntil <= now) return;
  const phone = await findPhone(app.db, matter.userId);
  if (!phone?.number || phone.isStopped || !sms.mayText(phone.number)) return;
  const { smsOff, quietHours } = await readMessageSettings(app, matter.userId);
  if (smsOff.includes(job.kind)) return;
  const quietEnd = quietUntil(now, quietHours ?? { ...night, timeZone: matter.event.timeZone });
  if (quietEnd && quietEnd < matter.usefulUntil) return sendLater(app, job, quietEnd);
  try {
    await sendPaid(app, sms, { to: phone.number, key: `sms:${job.cause}`, matter });
  } catch (error) {
    if (!(error instanceof Busy)) throw error;
    await sendLater(app, job, new Date(now.getTime() + error.seconds * 1000));
  }
}

/** An SMS makes a noise, so nobody gets one at night without having asked for it. */
const night = { from: '22:00', until: '08:00' };

const sendLater = (app: App, job: SmsJob, runAt: Date): Promise<void> =>
  enqueueJobs(app.db, [{ task: 'send-sms', payload: { ...job }, runAt }]);

async function sendPaid(
  app: App,
  sms: SmsSender,
  { to, key, matter }: { to: string; key: string; matter: SmsMatter },
): Promise<void> {
  const { about, event, text } = matter;
  const delivery = { key, channel: 'sms' as const, recipient: maskedNumber(to), about };
  const cost = { purpose: event.eventId, segments: segmentsOf(text), now: app.clock.now() };
  const most = sms.limits.perEventDay;
  if (!(await spendSegments(app.db, { ...cost, most }))) {
    app.metrics.mailsWithheld.inc({ kind: about.kind });
    app.log.warn({ eventId: event.eventId, most }, 'an event has spent its SMS of the day');
    const error = `The event's SMS of today are spent: ${most} parts (SMS_PER_EVENT_DAY). The person has the mail.`;
    return app.deliveries.noteHeld({ ...delivery, state: 'withheld', error });
  }
  let isTaken = false;
  try {
    const outcome = await app.deliveries.deliver(delivery, async ({ isRepeated, since }) => {
      // An earlier attempt may have ended without an answer.
      isTaken = isRepeated && (await sms.hasTaken({ to, text }, since));
      if (isTaken) return;
      const answer = await sms.send({ to, text, statusUrl: statusUrl(app, key) });
      if (answer.is === 'later') throw new Busy('provider of SMS', answer.seconds);
      isTaken = answer.is === 'accepted';
      if (isTaken) return;
      await stopNumber(app.db, to, app.clock.now());
      throw new Undeliverable('The owner of this number has answered STOP.');
    });
    if (outcome === 'failed') app.metrics.messagesFailed.inc({ kind: about.kind, channel: 'sms' });
  } finally {
    if (!isTaken) await giveBackSegments(app.db, cost);
  }
}

/** Null if there is nothing to tell any more. */
async function entryMatter(
  app: App,
  kind: TextedKind,
  entryId: OfferMailJob['entryId'],
): Promise<SmsMatter | null> {
  const entry = await readEntry(app, entryId);
  const event = entry && (await readEventSale(app, entry.event_id));
  if (!event) return null;
  const { language, quantity: count, offer_ends_at: until } = entry;
  const made = (text: string, usefulUntil: Date): SmsMatter => {
    const about: About = { kind, language, order: null, eventId: entry.event_id };
    return { userId: entry.user_id, event, usefulUntil, about, text: plainPunctuation(text) };
  };
  if (kind !== 'waitlist-offer') {
    const isOver = kind === 'event-moved' && !isOpen(entry);
    const text = isOver ? null : changeText(kind, event, language, eventUrl(app, event));
    return text === null ? null : made(text, event.startsAt);
  }
  if (entry.status !== 'offered' || !until) return null;
  const text = letterWords(language)('smsOffer', {
    event: titleOf(event),
    count,
    until: instantText(until, event.timeZone, language),
    url: offerUrl(app, entryId),
  });
  return made(text, until);
}

async function orderMatter(
  app: App,
  kind: TextedKind,
  orderId: OrderRecord['id'],
): Promise<SmsMatter | null> {
  const order = await readOrder(app, orderId);
  const event = order && (await readEventSale(app, order.eventId));
  if (!order || !event || order.status === 'pending' || kind === 'waitlist-offer') return null;
  if (kind === 'event-moved' && order.status !== 'confirmed') return null;
  const { language } = order;
  const text = changeText(kind, event, language, `${app.config.publicUrl}/orders/${order.id}`);
  if (text === null) return null;
  const about: About = {
    kind,
    language,
    order: { id: order.id, eventId: event.eventId, job: null, pushTo: null },
  };
  return { userId: order.buyerId, event, usefulUntil: event.startsAt, about, text: plainPunctuation(text) };
}

/** What an SMS says about a moved or cancelled event. Null if the event was cancelled after a move: that has its own message. */
function changeText(
  kind: Exclude<TextedKind, 'waitlist-offer'>,
  event: EventSale,
  language: Language,
  url: string,
): string | null {
  const t = letterWords(language);
  const words = {
    event: titleOf(event),
    when: instantText(event.startsAt, event.timeZone, language),
    url,
  };
  if (kind === 'event-cancelled') return t('smsCancelled', words);
  return event.status === 'cancelled' ? null : t('smsMoved', { ...words, venue: short(event.venueName, 40) });
}

const titleOf = ({ title }: EventSale): string => short(title, 50);
