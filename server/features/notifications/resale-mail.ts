import type { App } from '../../app.ts';
import { orderIdOf } from '../inventory/inventory.ts';
import { readResale } from '../inventory/read-resales.ts';
import { resaleEndOf } from '../inventory/resale.ts';
import { hasAddress } from '../orders/orders.ts';
import { readOrder } from '../orders/read-order.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { readTicket } from '../tickets/read-ticket.ts';
import { readTransferRow } from '../transfers/read-transfer-row.ts';
import type { ResaleMail } from '../transfers/resale-mails.ts';
import type { About } from './deliveries-store.ts';
import type { Mail } from './mailer.ts';
import { toMail } from './make-mail.ts';
import {
  type ResaleMatter,
  resaleEndedLetter,
  resaleOfferedLetter,
  resaleSoldLetter,
} from './resale-letters.ts';
import { placeText } from './transfer-mail.ts';

/** Makes a mail about a ticket on resale; null if it has nothing to say any more. */
export async function resaleMail(app: App, job: ResaleMail): Promise<Mail | null> {
  const resale = await readResale(app, job.resaleId);
  const [order, event, ticket, transfer] = resale
    ? await Promise.all([
        readOrder(app, orderIdOf(resale.holdId)),
        readEventSale(app, resale.eventId),
        readTicket(app.db, resale.ticketId),
        resale.transferId ? readTransferRow(app.db, resale.transferId) : null,
      ])
    : [];
  if (!resale || !order || !event || !ticket) {
    app.log.warn({ resaleId: job.resaleId, kind: job.kind }, 'there is no such resale to write about');
    return null;
  }
  const address = transfer ? transfer.toEmail : order.buyerEmail;
  if (address === null || !hasAddress(address)) return null;
  const name = transfer ? (transfer.toName ?? '') : order.buyerName;
  const language = transfer ? transfer.toLanguage : order.language;
  const { publicUrl } = app.config;
  const matter: ResaleMatter = {
    resale,
    event,
    place: placeText(ticket, language),
    name,
    language,
    isPayer: transfer === null,
    until: resaleEndOf(event, resale.ticketTypeId),
    url: transfer
      ? `${publicUrl}/t/${transfer.id}#${app.transferLinks.secretOf(transfer.id)}`
      : `${publicUrl}/orders/${order.id}#${app.orderLinks.secretOf(order)}`,
  };
  const about: About = {
    kind: job.kind,
    language,
    order: { id: order.id, eventId: event.eventId, job, pushTo: null },
  };
  const mail = (letter: ReturnType<typeof resaleSoldLetter>) =>
    toMail(`${job.kind}:${resale.id}`, about, { name, address }, letter, []);
  switch (job.kind) {
    case 'resale-offered':
      return resale.status === 'offered' ? mail(resaleOfferedLetter(matter)) : null;
    case 'resale-sold':
      return mail(resaleSoldLetter(matter));
    case 'resale-ended':
      return mail(resaleEndedLetter(matter));
  }
}
