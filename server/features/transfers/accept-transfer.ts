import { Refused } from '../../../contract/errors.ts';
import type { TransferId } from '../../../contract/ids.ts';
import { languageOf } from '../../../contract/languages.ts';
import type { Ticket } from '../../../contract/tickets.ts';
import type { App } from '../../app.ts';
import { enqueueEffects } from '../../data/outbox.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { settlePassJob, writeJobs } from '../../work/jobs.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { handOver } from '../tickets/hand-over.ts';
import { readOwnTicket, readRelation } from '../tickets/own-tickets.ts';
import { showTicket } from '../tickets/show-ticket.ts';
import { lockOffer, readGroup } from './end-offer.ts';
import { findBySecret } from './find-by-secret.ts';
import { recordAcceptance } from './store.ts';
import { shownOf, type TransferRow, whyNotAcceptable } from './transfer.ts';
import { writeTransferMails } from './transfer-mails.ts';

/**
 * Gives the tickets of an offer to the caller, who has the secret of the mail. In one transaction the new holder is written,
 * the old codes die, and both sides' mails are enqueued. Of several tickets, those that were used or cancelled meanwhile are
 * left out.
 */
export async function acceptTransfer(
  app: App,
  call: Call<{ transferId: TransferId }, undefined, { secret: string; name: string }, 'signed-in'>,
): Promise<Ticket> {
  const { caller } = call;
  const found = await findBySecret(app, call);
  const offered = await readGroup(app.db, found);
  if (!offered.some(({ toUserId }) => toUserId === caller.userId)) await accept(app, call, offered);
  // Reads the ticket after the transaction, because the answer that is stored with the Idempotency-Key must not have its code.
  const accepted = shownOf(await readGroup(app.db, found));
  const own = await readOwnTicket(app, caller, accepted.ticketId);
  if (own.ticket.transferId !== accepted.id) throw new Refused('transfer_accepted');
  return showTicket(app, own, 'holder');
}

async function accept(
  app: App,
  call: Call<{ transferId: TransferId }, undefined, { secret: string; name: string }, 'signed-in'>,
  offered: TransferRow[],
): Promise<void> {
  const { caller, body } = call;
  const [first] = offered;
  const event = first && (await readEventSale(app, first.eventId));
  if (!event) throw new Refused('not_found');
  const open = offered.find(({ endedAs }) => endedAs === null);
  const holds = open !== undefined && (await readRelation(app, caller, open.ticketId)) === 'holder';
  await once(app, call, async (trx) => {
    const now = app.clock.now();
    const rows = await lockOffer(trx, offered);
    // The same person has accepted in another request since the offer was read.
    if (rows.some(({ toUserId }) => toUserId === caller.userId)) return null;
    if (holds) throw new Refused('transfer_to_oneself');
    const refusals = rows.map((row) => whyNotAcceptable(row, event, now));
    const theirs = rows.filter((_, i) => refusals[i] === null);
    const [lead] = theirs;
    if (!lead) throw new Refused(refusals[0] ?? 'not_found');
    const language = languageOf(call.header('accept-language'));
    for (const row of theirs) {
      handOver(trx, {
        ticketId: row.ticketId,
        eventId: row.eventId,
        transferId: row.id,
        holderId: caller.userId,
        holderEmail: row.toEmail ?? '',
        attendeeName: body.name,
      });
      recordAcceptance(trx, row.id, { userId: caller.userId, name: body.name, language }, now);
    }
    enqueueEffects(
      trx,
      theirs.map(({ eventId, ticketId, orderId }) => ({
        type: 'admit.ticket.transferred.v1',
        eventId,
        data: { ticketId, orderId },
      })),
      now,
    );
    if (event.isPass) writeJobs(trx, [settlePassJob(event.eventId)]);
    writeTransferMails(trx, [
      { kind: 'ticket-passed-on', transferId: lead.id },
      { kind: 'ticket-received', transferId: lead.id },
    ]);
    return null;
  });
}
