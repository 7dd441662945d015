import type { Language } from '../../../contract/languages.ts';
import type { App } from '../../app.ts';
import { wantsMails } from '../accounts/wants-mails.ts';
import { readOrder } from '../orders/read-order.ts';
import { listPassWallets } from '../passes/list-pass-wallets.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { ticketCalendar } from '../tickets/calendar.ts';
import { readTicket } from '../tickets/read-ticket.ts';
import { listSeatChanges } from '../tickets/seat-changes.ts';
import type { TicketRow } from '../tickets/ticket.ts';
import { ticketPages } from '../tickets/ticket-page.ts';
import { readGroup } from '../transfers/end-offer.ts';
import { readTransferRow } from '../transfers/read-transfer-row.ts';
import { statusOf, type TransferRow } from '../transfers/transfer.ts';
import type { TransferMail } from '../transfers/transfer-mails.ts';
import type { About } from './deliveries-store.ts';
import type { Mail } from './mailer.ts';
import { calendarFile, toMail, unsubscribeUrl } from './make-mail.ts';
import { seatText } from './order-letters.ts';
import { isTimeToRemind } from './remind-of-events.ts';
import { heldSeatsChangedLetter } from './seat-letters.ts';
import {
  heldEndedLetter,
  heldMovedLetter,
  heldReminderLetter,
  offerEndedLetter,
  offeredLetter,
  passedOnLetter,
  receivedLetter,
  type TransferMatter,
} from './transfer-letters.ts';

/** Makes a mail about a ticket that changes hands; null if it has nothing to say any more. */
export async function transferMail(app: App, job: TransferMail): Promise<Mail | null> {
  const transfer = await readTransferRow(app.db, job.transferId);
  const [order, event, ticket, group] = transfer
    ? await Promise.all([
        readOrder(app, transfer.orderId),
        readEventSale(app, transfer.eventId),
        readTicket(app.db, transfer.ticketId),
        readGroup(app.db, transfer),
      ])
    : [null, null, null, []];
  if (!transfer || !order || !event || !ticket) {
    app.log.warn({ transferId: job.transferId, kind: job.kind }, 'there is no such transfer to write about');
    return null;
  }
  const isToSender =
    job.kind === 'ticket-passed-on' || (job.kind === 'ticket-offer-ended' && job.as !== 'withdrawn');
  const address = isToSender ? transfer.fromEmail : transfer.toEmail;
  // The recipient was erased.
  if (address === null) return null;
  const name = (isToSender ? transfer.fromName : transfer.toName) ?? '';
  const to = { name, address };
  const { publicUrl } = app.config;
  const language = isToSender ? transfer.fromLanguage : transfer.toLanguage;
  const page = (id: typeof transfer.id) => `${publicUrl}/t/${id}#${app.transferLinks.secretOf(id)}`;
  const now = app.clock.now();
  const members = group.filter((row) => isAbout(job, transfer, row, now));
  // For mails about held tickets: whether this person still has one of them.
  const isHeld = members.length > 0;
  const tickets = (await Promise.all(members.map((row) => readTicket(app.db, row.ticketId)))).flatMap(
    (each) => each ?? [],
  );
  const matter: TransferMatter = {
    transfer,
    event,
    places: (tickets.length > 0 ? tickets : [ticket]).map((each) => placeText(each, language)),
    url: page(transfer.id),
    senderUrl:
      transfer.fromTransferId === null
        ? `${publicUrl}/orders/${order.id}#${app.orderLinks.secretOf(order)}`
        : page(transfer.fromTransferId),
  };
  const about: About = {
    kind: job.kind,
    language,
    order: { id: order.id, eventId: event.eventId, job, pushTo: null },
  };
  // Tickets that were offered together have one mail for all of them, with one key.
  const isAlone = job.kind === 'held-ticket-ended' && job.by !== 'event';
  const key = `${job.kind}:${(!isAlone && transfer.groupId) || transfer.id}`;
  switch (job.kind) {
    case 'ticket-offered':
      if (statusOf(transfer, now) !== 'pending') return null;
      return toMail(key, about, to, offeredLetter(matter), []);
    case 'ticket-passed-on':
      return toMail(key, about, to, passedOnLetter(matter), []);
    case 'ticket-offer-ended':
      return toMail(`${key}:${job.as}`, about, to, offerEndedLetter(matter, job), []);
    case 'ticket-received': {
      // Cancelled or passed on before this mail was sent. The mail about that is sent instead.
      if (!isHeld || event.status === 'cancelled') return null;
      const theirs = { ...order, language };
      const file = `ticket-${order.number}-${ticket.position + 1}.pdf`;
      const content = () => app.printer.print(ticketPages(app.signer, tickets, theirs, event), now);
      return toMail(key, about, to, receivedLetter(matter, listPassWallets(app).wallets), [
        ...(event.ticketCodes === 'fixed' ? [{ name: file, type: 'application/pdf', content }] : []),
        calendarFile(event, ticketCalendar(ticket, theirs, event, app.config), 'PUBLISH'),
      ]);
    }
    case 'held-ticket-ended': {
      const calendar = ticketCalendar(ticket, { ...order, language }, event, app.config, 'CANCEL');
      return toMail(key, about, to, heldEndedLetter(matter, job), [calendarFile(event, calendar, 'CANCEL')]);
    }
    case 'held-ticket-reminder':
      if (!isHeld || !isTimeToRemind(event, job.hoursAhead, now)) return null;
      if (!transfer.toUserId || !(await wantsMails(app, transfer.toUserId, 'reminders'))) return null;
      return {
        ...toMail(
          `${key}:${event.startsAt.toISOString()}:${job.hoursAhead}`,
          about,
          to,
          heldReminderLetter(matter),
          [],
        ),
        unsubscribeUrl: unsubscribeUrl(app, transfer.toUserId, 'reminders'),
      };
    case 'held-seats-changed': {
      if (!isHeld || event.status === 'cancelled') return null;
      const changes = await listSeatChanges(app.db, order.id, event.eventId, job.mapId);
      const held = new Set(tickets.map(({ id }) => id));
      const theirs = changes.filter(({ ticketId }) => held.has(ticketId));
      if (theirs.length === 0) return null;
      return toMail(`${key}:${job.mapId}`, about, to, heldSeatsChangedLetter(matter, theirs), []);
    }
    case 'held-ticket-moved': {
      if (!isHeld || event.status === 'cancelled') return null;
      const calendar = ticketCalendar(ticket, { ...order, language }, event, app.config);
      return toMail(`${key}:${event.version}`, about, to, heldMovedLetter(matter), [
        calendarFile(event, calendar, 'PUBLISH'),
      ]);
    }
  }
}

/** Whether a mail about a transfer is about this one of the tickets that were offered together. */
function isAbout(job: TransferMail, transfer: TransferRow, row: TransferRow, now: Date): boolean {
  const isSame = row.id === transfer.id;
  switch (job.kind) {
    case 'ticket-offered':
      return isSame || statusOf(row, now) === 'pending';
    case 'ticket-offer-ended':
      return isSame || row.endedAs === job.as;
    case 'ticket-passed-on':
      return isSame || row.endedAs === 'accepted';
    case 'held-ticket-ended':
      return isSame || (job.by === 'event' && row.heldBy === row.id);
    default:
      return row.heldBy === row.id && row.ticketStatus === 'valid';
  }
}

export const placeText = ({ place, ticketTypeName }: TicketRow, language: Language): string =>
  place ? seatText(place, language) : ticketTypeName;
