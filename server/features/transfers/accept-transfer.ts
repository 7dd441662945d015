import { Refused } from '../../../contract/errors.ts';
import type { TransferId } from '../../../contract/ids.ts';
import { languageOf } from '../../../contract/languages.ts';
import type { Ticket } from '../../../contract/tickets.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { handOver } from '../tickets/hand-over.ts';
import { readOwnTicket, readRelation } from '../tickets/own-tickets.ts';
import { toTicket } from '../tickets/ticket.ts';
import { lockOffer } from './end-offer.ts';
import { findBySecret } from './find-by-secret.ts';
import { recordAcceptance } from './store.ts';
import { type TransferRow, whyNotAcceptable } from './transfer.ts';
import { writeTransferMails } from './transfer-mails.ts';

/**
 * Gives the ticket to the caller, who has the secret of the mail. In one transaction the new holder is written, the old
 * code dies, and both sides' mails are enqueued.
 */
export async function acceptTransfer(
  app: App,
  call: Call<{ transferId: TransferId }, undefined, { secret: string; name: string }, 'signed-in'>,
): Promise<Ticket> {
  const { caller } = call;
  const offered = await findBySecret(app, call);
  if (offered.toUserId !== caller.userId) await accept(app, call, offered);
  // Reads the ticket after the transaction, because the answer that is stored with the Idempotency-Key must not have its code.
  const { ticket, order, event } = await readOwnTicket(app, caller, offered.ticketId);
  if (ticket.transferId !== offered.id) throw new Refused('transfer_accepted');
  return toTicket(app.signer, ticket, order, event, 'holder');
}

async function accept(
  app: App,
  call: Call<{ transferId: TransferId }, undefined, { secret: string; name: string }, 'signed-in'>,
  offered: TransferRow,
): Promise<void> {
  const { caller, body } = call;
  const event = await readEventSale(app, offered.eventId);
  if (!event) throw new Refused('not_found');
  if (offered.endedAs === null && (await readRelation(app, caller, offered.ticketId)) === 'holder')
    throw new Refused('transfer_to_oneself');
  await once(app, call, async (trx) => {
    const now = app.clock.now();
    const row = await lockOffer(trx, offered);
    // The same person has accepted in another request since it was read.
    if (row.toUserId === caller.userId) return null;
    const refused = whyNotAcceptable(row, event, now);
    if (refused) throw new Refused(refused);
    handOver(trx, {
      ticketId: row.ticketId,
      eventId: row.eventId,
      transferId: row.id,
      holderId: caller.userId,
      holderEmail: row.toEmail ?? '',
      attendeeName: body.name,
    });
    const language = languageOf(call.header('accept-language'));
    recordAcceptance(trx, row.id, { userId: caller.userId, name: body.name, language }, now);
    writeTransferMails(trx, [
      { kind: 'ticket-passed-on', transferId: row.id },
      { kind: 'ticket-received', transferId: row.id },
    ]);
    return null;
  });
}
