import { Refused } from '../../../contract/errors.ts';
import type { TicketId } from '../../../contract/ids.ts';
import { languageOf } from '../../../contract/languages.ts';
import type { Transfer } from '../../../contract/transfers.ts';
import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { spendKept } from '../../http/kept-budgets.ts';
import { readUser } from '../accounts/read-user.ts';
import { lockForHandOver } from '../tickets/hand-over.ts';
import { readOwnTicket } from '../tickets/own-tickets.ts';
import { endOffer } from './end-offer.ts';
import { holderOf } from './holder-of.ts';
import { findOpenTransfer, findTransfer, insertTransfer } from './store.ts';
import { expiryOf, showTransfer, statusOf, type TransferRow, whyNot } from './transfer.ts';
import { writeTransferMails } from './transfer-mails.ts';

/**
 * Offers the caller's ticket to an e-mail address. The ticket stays the caller's until somebody with the mail accepts. The
 * answer does not depend on whether the address has an account.
 */
export async function startTransfer(
  app: App,
  call: Call<{ ticketId: TicketId }, undefined, { email: string; message?: string | undefined }, 'holder'>,
): Promise<Transfer> {
  const { caller, params, body } = call;
  const own = await readOwnTicket(app, caller, params.ticketId);
  const sender = await holderOf(app, own);
  const account = caller.isGuest ? null : await readUser(app, caller.userId);
  const mine = [sender.email, account?.email].map((email) => email?.toLowerCase());
  return once(app, call, async (trx) => {
    const now = app.clock.now();
    const ticket = await lockForHandOver(trx, params.ticketId);
    // Somebody has accepted the ticket since it was read.
    if (ticket.transferId !== own.ticket.transferId) throw new Refused('ticket_transferred');
    const refused = whyNot('transfers', ticket.status, own.event, now);
    if (refused) throw new Refused(refused);
    if (own.order.disputedMinor > 0) throw new Refused('order_disputed');
    if (ticket.priceMinor > 0 && ticket.refundedMinor === ticket.priceMinor)
      throw new Refused('ticket_refunded');
    if (mine.includes(body.email.toLowerCase())) throw new Refused('transfer_to_oneself');
    await requireNoOffer(trx, params.ticketId, now);
    await spendMail(app, trx, body.email, caller.userId);
    const id = app.newId('ticketTransfer');
    await insertTransfer(trx, {
      id,
      eventId: ticket.eventId,
      ticketId: ticket.id,
      orderId: ticket.orderId,
      fromTransferId: ticket.transferId,
      fromUserId: caller.userId,
      fromName: sender.name,
      fromEmail: sender.email,
      fromLanguage: sender.language,
      toEmail: body.email,
      toLanguage: languageOf(call.header('accept-language')),
      message: body.message || null,
      createdAt: now,
      expiresAt: expiryOf(own.event, now),
    });
    writeTransferMails(trx, [{ kind: 'ticket-offered', transferId: id }]);
    return showTransfer((await findTransfer(trx, id)) as TransferRow, now);
  });
}

/** Ends an open offer that nobody can accept any more, so that a new one can replace it. */
async function requireNoOffer(trx: Transaction, ticketId: TicketId, now: Date): Promise<void> {
  const open = await findOpenTransfer(trx, ticketId);
  if (!open) return;
  if (statusOf(open, now) !== 'expired') throw new Refused('transfer_pending');
  endOffer(trx, open.id, 'expired', now);
}

/** Spends in the transaction, so that a refused offer costs nothing. Always the recipient first, so that nobody deadlocks. */
async function spendMail(app: App, trx: Transaction, email: string, userId: string): Promise<void> {
  const context = { db: trx, clock: app.clock, config: app.config };
  const spendings = [
    ['transferMailsPerRecipient', email],
    ['transferMailsPerSender', userId],
  ] as const;
  for (const [name, key] of spendings) {
    const retryAfterSeconds = await spendKept(context, name, key);
    if (retryAfterSeconds > 0) throw new Refused('rate_limited', { retryAfterSeconds });
  }
}
