import { createHash } from 'node:crypto';
import { optionalMails } from '../../../contract/message-choices.ts';
import { isPushed, isTexted } from '../../../contract/message-kinds.ts';
import type { App } from '../../app.ts';
import { wantsMails } from '../accounts/wants-mails.ts';
import { placesIn } from '../inventory/extras.ts';
import { payBeforeOf } from '../inventory/inventory.ts';
import { hasAddress, type OrderRecord } from '../orders/orders.ts';
import { readOrder } from '../orders/read-order.ts';
import { listUnpaidSeatChanges } from '../orders/rename-order-lines.ts';
import { listPassWallets } from '../passes/list-pass-wallets.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { orderCalendar } from '../tickets/calendar.ts';
import { readTicketsOfOrder } from '../tickets/list-tickets.ts';
import { makeOrderDocuments } from '../tickets/order-documents.ts';
import { readAdmissibleTickets } from '../tickets/own-tickets.ts';
import { listSeatChanges } from '../tickets/seat-changes.ts';
import { isHeld } from '../tickets/ticket.ts';
import { accountLetter } from './account-letters.ts';
import { transferMailOf } from './bank-mail.ts';
import { broadcastMail, broadcastTestMail } from './broadcast-mail.ts';
import type { About } from './deliveries-store.ts';
import { eventCancelledLetter, movedLetter, unpaidEventCancelledLetter } from './event-letters.ts';
import { exchangeAskedLetter, exchangeLapsedLetter } from './exchange-letters.ts';
import { heldLetter } from './held-letter.ts';
import { invitationLetter } from './invitation-letter.ts';
import { lineMail, readLineNews } from './line-mail.ts';
import { sendWithinBudget } from './mail-budgets.ts';
import type { AccountMailJob, MailJob, OrderMailJob, TeamInvitationJob } from './mail-job.ts';
import type { Mail } from './mailer.ts';
import { calendarFile, toMail, unsubscribeUrl } from './make-mail.ts';
import { noteToldMove } from './moves-store.ts';
import {
  cancelledLetter,
  confirmedLetter,
  orderLinkLetter,
  orderRefundedLetter,
  paymentFailedLetter,
  refundLetter,
  reminderLetter,
  ticketsCancelledLetter,
} from './order-letters.ts';
import { isTimeToRemind } from './remind-of-events.ts';
import { resaleMail } from './resale-mail.ts';
import { seatsChangedLetter, withSeatNews } from './seat-letters.ts';
import { enqueuePush, pushToWaiting } from './send-push.ts';
import { enqueueSms } from './send-sms.ts';
import { readerOf, readMoveNews } from './tell-moved.ts';
import { transferMail } from './transfer-mail.ts';
import { type TurnMailJob, turnKey } from './turn-letter.ts';
import { readTurnNews, turnMail } from './turn-mail.ts';
import { type LineMailJob, lineKey } from './waitlist-letter.ts';

/**
 * Makes and sends one mail. A retried job or a second job for the same cause sends nothing more, because the mail has a key
 * that follows from its cause (deliveries.ts). `known` is the order if the caller has just read it.
 */
export async function sendMail(app: App, job: MailJob, known?: OrderRecord | null): Promise<void> {
  const order = 'orderId' in job && known === undefined ? await readOrder(app, job.orderId) : (known ?? null);
  // Offers are told elsewhere by the waitlist processor (offers-sink.ts).
  if ('entryId' in job && job.kind !== 'waitlist-offer') await tellElsewhere(app, job);
  if ('queueEntryId' in job) await pushTurn(app, job);
  await sendWithinBudget(app, job, order, {
    send: async () => {
      const mail: NotedMail | null = await mailOf(app, job, order);
      if (!mail) return withdraw(app, job);
      const { onSent, ...sent } = mail;
      if ((await deliver(app, sent)) !== 'failed') await onSent?.();
    },
    note: async (held) => {
      const mail = await mailOf(app, job, order);
      if (mail) await app.deliveries.noteHeld({ ...deliveryOf(mail), ...held });
    },
  });
}

/** Enqueues the notification and the SMS for a person in the line. A guest without an address has no mail. */
async function tellElsewhere(app: App, job: LineMailJob): Promise<void> {
  const news = await readLineNews(app, job);
  if (!news) return;
  const { user_id: userId } = news.entry;
  const other = { kind: job.kind, entryId: job.entryId, cause: lineKey(job) };
  await Promise.all([pushToWaiting(app, userId, other), enqueueSms(app, userId, other)]);
}

/** Enqueues the notification for a person in a queue. */
async function pushTurn(app: App, job: TurnMailJob): Promise<void> {
  const news = await readTurnNews(app, job);
  if (news) await pushToWaiting(app, news.turn.userId, { ...job, cause: turnKey(job) });
}

/** An earlier attempt may have left the mail waiting, for example for a mail server that was down. */
const withdraw = (app: App, job: MailJob): Promise<void> =>
  app.deliveries.withdraw(
    {
      key:
        'queueEntryId' in job
          ? turnKey(job)
          : 'entryId' in job
            ? lineKey(job)
            : 'transferId' in job
              ? `${job.kind}:${job.transferId}`
              : null,
      orderId: 'orderId' in job ? job.orderId : null,
      kind: job.kind,
      broadcastId: 'broadcastId' in job ? job.broadcastId : null,
    },
    job.kind === 'waitlist-offer'
      ? 'The offer was over before the mail could be sent.'
      : 'There was nothing left to tell when the mail could be sent.',
  );

const deliveryOf = ({ key, about, to }: Mail) => ({
  key,
  about,
  channel: 'email' as const,
  recipient: to.address.toLowerCase(),
});

/** The mailbox is in the database and notes the mail in the statement that stores it. */
async function deliver(app: App, mail: Mail): Promise<'sent' | 'failed' | 'done'> {
  const { mailer } = app;
  const { key, about } = mail;
  const push = async () => {
    if (about.order) await enqueuePush(app, { kind: about.kind, orderId: about.order.id, cause: key });
  };
  if (isTexted(about.kind) && about.order?.pushTo)
    await enqueueSms(app, about.order.pushTo, { kind: about.kind, orderId: about.order.id, cause: key });
  if (mailer.kind === 'mailbox') {
    if ((await mailer.store(mail)).hasBrowsers) await push();
    return 'sent';
  }
  const outcome = await app.deliveries.deliver(deliveryOf(mail), () => mailer.send(mail), push);
  if (outcome === 'failed') {
    app.metrics.messagesFailed.inc({ kind: about.kind, channel: 'email' });
    app.log.warn({ kind: about.kind, orderId: about.order?.id }, 'a mail could not be delivered');
  }
  return outcome;
}

async function mailOf(app: App, job: MailJob, order: OrderRecord | null): Promise<NotedMail | null> {
  if ('transferId' in job) return transferMail(app, job);
  if ('resaleId' in job) return resaleMail(app, job);
  if ('entryId' in job) return lineMail(app, job);
  if ('queueEntryId' in job) return turnMail(app, job);
  if (job.kind === 'broadcast-test') return broadcastTestMail(app, job);
  return 'orderId' in job ? orderMail(app, job, order) : accountMail(app, job);
}

function accountMail(app: App, job: AccountMailJob | TeamInvitationJob): Mail {
  const secret = createHash('sha256').update(causeOf(job)).digest('base64url');
  const letter = job.kind === 'team-invitation' ? invitationLetter(job) : accountLetter(job);
  const about = { kind: job.kind, language: job.language ?? 'en', order: null };
  const mail = toMail(`${job.kind}:${secret}`, about, { name: job.name, address: job.to }, letter, []);
  // An older job does not know the account.
  if (!('userId' in job) || !job.userId) return mail;
  // Whoever gets files of several schedules ends the mails of this one. The account switches all of them off.
  const mails = (job.kind === 'export-ready' && job.scheduleId) || optionalMails[job.kind];
  return { ...mail, unsubscribeUrl: unsubscribeUrl(app, job.userId, mails) };
}

/** A URL may contain a secret, so keys use hashes. Each member of a team gets a mail of their own about one order or file. */
function causeOf(job: AccountMailJob | TeamInvitationJob): string {
  if (job.kind === 'dispute-notice') return `${job.dispute} ${job.news} ${job.reference} ${job.to}`;
  if ('cause' in job) return `${job.cause} ${job.to}`;
  return job.kind === 'export-ready' ? `${job.fileId} ${job.userId}` : job.url;
}

/** `onSent` notes that the buyer knows. If the process dies before it, the mail is sent again under the same key. */
type NotedMail = Mail & { onSent?: () => Promise<unknown> };

async function orderMail(app: App, job: OrderMailJob, order: OrderRecord | null): Promise<NotedMail | null> {
  const event = order && (await readEventSale(app, order.eventId));
  if (!order || !event) {
    app.log.warn({ orderId: job.orderId, kind: job.kind }, 'there is no such order to write about');
    return null;
  }
  if (job.kind === 'broadcast' || job.kind === 'event-news') return broadcastMail(app, job, order, event);
  if (!hasAddress(order.buyerEmail)) return null;
  const matter = { order, event, publicUrl: app.config.publicUrl, secret: app.orderLinks.secretOf(order) };
  const to = { name: order.buyerName, address: order.buyerEmail };
  const about: About = {
    kind: job.kind,
    language: order.language,
    order: {
      id: order.id,
      eventId: order.eventId,
      job,
      pushTo: isPushed(job.kind) ? order.buyerId : null,
    },
  };
  switch (job.kind) {
    case 'order-link':
      return toMail(`order-link:${order.id}:${job.requestId}`, about, to, orderLinkLetter(matter), []);
    case 'order-confirmed':
    case 'tickets-again': {
      if (event.status === 'cancelled') return null;
      const documents = await makeOrderDocuments(app, order, event);
      // Cancelled before this mail was sent. The mail about the cancellation is sent instead.
      if (!documents) return null;
      const key =
        job.kind === 'tickets-again'
          ? `tickets-again:${order.id}:${job.requestId}`
          : `order-confirmed:${order.id}`;
      const letter = confirmedLetter(matter, documents.pages, listPassWallets(app).wallets);
      // Tickets that are sent again need no news of that time: the seats may have changed since, and each change has its own mail.
      const changes = job.kind === 'order-confirmed' ? await listUnpaidSeatChanges(app.db, order) : [];
      return toMail(key, about, to, withSeatNews(letter, matter, changes), [
        ...(documents.draw
          ? [{ name: `tickets-${order.number}.pdf`, type: 'application/pdf', content: documents.draw }]
          : []),
        calendarFile(event, documents.calendar, 'PUBLISH'),
      ]);
    }
    case 'order-held': {
      const tickets = await readTicketsOfOrder(app.db, order.id);
      const until = tickets.find(isHeld)?.heldUntil;
      // Somebody has decided before this mail was sent. The mail about the decision is sent instead.
      return until ? toMail(`order-held:${order.id}`, about, to, heldLetter(matter, until), []) : null;
    }
    case 'exchange-asked':
      // Paid or taken back before this mail was sent.
      return order.status === 'pending' && payBeforeOf(order) > app.clock.now()
        ? toMail(`exchange-asked:${order.id}`, about, to, exchangeAskedLetter(matter), [])
        : null;
    case 'exchange-lapsed':
      // A late payment may have finished the exchange.
      return order.confirmedAt === null
        ? toMail(`exchange-lapsed:${order.id}`, about, to, exchangeLapsedLetter(matter), [])
        : null;
    case 'transfer-asked':
    case 'transfer-reminder':
    case 'transfer-lapsed':
      return transferMailOf(app, job.kind, matter, { about, to });
    case 'event-moved': {
      if (order.status !== 'confirmed' || event.status === 'cancelled') return null;
      const news = await readMoveNews(app, readerOf(order), event);
      if (!news) return null;
      const joins = event.online !== null && (await readAdmissibleTickets(app, order.id)).length > 0;
      const calendar = orderCalendar(order, event, app.config, { joins });
      return {
        ...toMail(
          `event-moved:${order.id}:${news.version}`,
          about,
          to,
          movedLetter(matter, news, app.clock.now()),
          [calendarFile(event, calendar, 'PUBLISH')],
        ),
        onSent: () => noteToldMove(app.db, order.id, event.eventId, news.version),
      };
    }
    case 'seats-changed': {
      if (order.status !== 'confirmed' || event.status === 'cancelled') return null;
      const [changes, tickets] = await Promise.all([
        listSeatChanges(app.db, order.id, order.eventId, job.mapId),
        readTicketsOfOrder(app.db, order.id),
      ]);
      // Whoever received a ticket has a mail of their own. A ticket that waits for a look has its seat too.
      const own = tickets.filter(({ status, transferId }) => status !== 'cancelled' && transferId === null);
      const held = new Set(own.map(({ id }) => id));
      const theirs = changes.filter(({ ticketId }) => held.has(ticketId));
      if (theirs.length === 0) return null;
      return toMail(
        `seats-changed:${order.id}:${job.mapId}`,
        about,
        to,
        seatsChangedLetter(matter, theirs),
        [],
      );
    }
    case 'event-cancelled': {
      if (order.confirmedAt === null)
        return toMail(`event-cancelled:${order.id}`, about, to, unpaidEventCancelledLetter(matter), []);
      const calendar = orderCalendar(order, event, app.config, { method: 'CANCEL' });
      return toMail(`event-cancelled:${order.id}`, about, to, eventCancelledLetter(matter, job.refund), [
        calendarFile(event, calendar, 'CANCEL'),
      ]);
    }
    case 'event-reminder':
      if (!isTimeToRemind(event, job.hoursAhead, app.clock.now())) return null;
      if (order.status !== 'confirmed' || !(await wantsMails(app, order.buyerId, 'reminders'))) return null;
      // Extras alone are no reason to come.
      if (placesIn(order.lines) === 0) return null;
      // The buyer has passed all tickets on. Their holders are reminded instead.
      if ((await readAdmissibleTickets(app, order.id)).length === 0) return null;
      return {
        ...toMail(
          `event-reminder:${order.id}:${event.startsAt.toISOString()}:${job.hoursAhead}`,
          about,
          to,
          reminderLetter(matter),
          [],
        ),
        unsubscribeUrl: unsubscribeUrl(app, order.buyerId, 'reminders'),
      };
    case 'payment-failed':
      return order.status === 'failed'
        ? toMail(`payment-failed:${order.id}`, about, to, paymentFailedLetter(matter), [])
        : null;
    case 'order-cancelled':
      return toMail(`order-cancelled:${order.id}`, about, to, cancelledLetter(matter, job.refund), []);
    case 'tickets-cancelled': {
      const letter = ticketsCancelledLetter(matter, job.tickets, job.refund);
      return toMail(`tickets-cancelled:${job.cancellationId}`, about, to, letter, []);
    }
    case 'order-refunded':
      return toMail(`order-refunded:${job.cancellationId}`, about, to, orderRefundedLetter(matter, job), []);
    case 'refund-sent':
    case 'late-refund-sent':
      return toMail(
        `${job.kind}:${job.refundId}`,
        about,
        to,
        refundLetter(matter, job.refund, job.reason),
        [],
      );
  }
}
