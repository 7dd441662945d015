import type { Language } from '../../../contract/languages.ts';
import type { App } from '../../app.ts';
import { wantsMails } from '../accounts/wants-mails.ts';
import type { BroadcastMail } from '../orders/order-mails.ts';
import { hasAddress, type OrderRecord } from '../orders/orders.ts';
import { type EventSale, readEventSale } from '../sale/event-sale.ts';
import { readTicket } from '../tickets/read-ticket.ts';
import { readTransferRow } from '../transfers/read-transfer-row.ts';
import { broadcastLetter } from './broadcast-letter.ts';
import { textIn } from './broadcasts.ts';
import { findBroadcast } from './broadcasts-store.ts';
import type { BroadcastTestJob } from './mail-job.ts';
import type { Mail } from './mailer.ts';
import { toMail, unsubscribeUrl } from './make-mail.ts';

/** Makes the mail of a broadcast to one holder; null if it is not for them any more, or if they want no news. */
export async function broadcastMail(
  app: App,
  job: BroadcastMail,
  order: OrderRecord,
  event: EventSale,
): Promise<Mail | null> {
  const [broadcast, holder] = await Promise.all([
    findBroadcast(app.db, job.broadcastId),
    job.heldBy ? holderByTransfer(app, job.heldBy) : buyerOf(app, order),
  ]);
  if (!broadcast || !holder) return null;
  const isNews = job.kind === 'event-news';
  if (isNews && !(await wantsMails(app, holder.userId, 'news'))) return null;
  const { language, name, address } = holder;
  const letter = broadcastLetter(event, broadcast.about, textIn(broadcast.texts, language), holder);
  const about = {
    kind: job.kind,
    language,
    order: { id: order.id, eventId: event.eventId, job, pushTo: null },
  };
  const mail = toMail(`broadcast:${broadcast.id}:${job.recipientKey}`, about, { name, address }, letter, []);
  return isNews ? { ...mail, unsubscribeUrl: unsubscribeUrl(app, holder.userId, 'news') } : mail;
}

/** Null if the order has ended, or the buyer's data was erased. */
function buyerOf(app: App, order: OrderRecord) {
  if (order.status !== 'confirmed' || !hasAddress(order.buyerEmail)) return null;
  return {
    userId: order.buyerId,
    ...{ name: order.buyerName, address: order.buyerEmail, language: order.language as Language },
    url: `${app.config.publicUrl}/orders/${order.id}#${app.orderLinks.secretOf(order)}`,
  };
}

/** Null if somebody else holds the ticket meanwhile, or the holder's data was erased. */
async function holderByTransfer(app: App, id: NonNullable<BroadcastMail['heldBy']>) {
  const transfer = await readTransferRow(app.db, id);
  const ticket = transfer && (await readTicket(app.db, transfer.ticketId));
  if (!transfer?.toEmail || !transfer.toUserId || ticket?.transferId !== id || ticket.status === 'cancelled')
    return null;
  return {
    userId: transfer.toUserId,
    ...{ name: transfer.toName ?? '', address: transfer.toEmail, language: transfer.toLanguage },
    url: `${app.config.publicUrl}/t/${id}#${app.transferLinks.secretOf(id)}`,
  };
}

/** The mail that an organiser sends to themselves before the others get it. */
export async function broadcastTestMail(app: App, job: BroadcastTestJob): Promise<Mail | null> {
  const event = await readEventSale(app, job.eventId);
  if (!event) return null;
  const { name, url, text, to: address } = job;
  const letter = broadcastLetter(event, job.about, text, { name, url, language: text.language });
  const about = { kind: job.kind, language: text.language, order: null };
  return toMail(`${job.kind}:${job.requestId}:${text.language}`, about, { name, address }, letter, []);
}
