import { Refused } from '../../../contract/errors.ts';
import type { TicketId, TransferId, UserId } from '../../../contract/ids.ts';
import { type Language, languageOf } from '../../../contract/languages.ts';
import type { Transfer } from '../../../contract/transfers.ts';
import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';
import { spendKept } from '../../http/kept-budgets.ts';
import type { Caller } from '../accounts/accounts.ts';
import { readUser } from '../accounts/read-user.ts';
import type { EventSale } from '../sale/event-sale.ts';
import type { LockedTicket } from '../tickets/hand-over.ts';
import { endOffers } from './end-offer.ts';
import { findOpenTransfer, findTransfer, insertTransfer } from './store.ts';
import { expiryOf, showTransfer, statusOf, type TransferRow } from './transfer.ts';
import { writeTransferMails } from './transfer-mails.ts';

/** Who offers tickets, to whom, and with which words. */
interface Offering {
  caller: Caller;
  sender: { name: string; email: string; language: Language };
  body: { email: string; message?: string | undefined };
  /** The recipient's language, as a value of Accept-Language. */
  acceptLanguage: string | undefined;
}

/** Refuses an offer to an address of the sender. */
export async function refuseOneself(
  app: App,
  { caller, sender, body }: Pick<Offering, 'caller' | 'sender' | 'body'>,
): Promise<void> {
  const account = caller.isGuest ? null : await readUser(app, caller.userId);
  const mine = [sender.email, account?.email].map((email) => email?.toLowerCase());
  if (mine.includes(body.email.toLowerCase())) throw new Refused('transfer_to_oneself');
}

/**
 * Offers locked tickets of one holder to an address: one mail, and one answer for all of them. The caller has checked that
 * the tickets may be passed on and that nobody has an offer of them.
 */
export async function offerTickets(
  app: App,
  trx: Transaction,
  tickets: LockedTicket[],
  event: EventSale,
  { caller, sender, body, acceptLanguage }: Offering,
): Promise<Transfer[]> {
  const now = app.clock.now();
  await spendMail(app, trx, body.email, caller.userId);
  // The first id is the smallest, so that the transfers are read in this order.
  const ids = tickets.map(() => app.newId('ticketTransfer')).sort();
  for (const [i, ticket] of tickets.entries()) {
    await insertTransfer(trx, {
      id: ids[i] as TransferId,
      groupId: tickets.length > 1 ? (ids[0] as TransferId) : null,
      eventId: ticket.eventId,
      ticketId: ticket.id,
      orderId: ticket.orderId,
      fromTransferId: ticket.transferId,
      fromUserId: caller.userId,
      fromName: sender.name,
      fromEmail: sender.email,
      fromLanguage: sender.language,
      toEmail: body.email,
      toLanguage: languageOf(acceptLanguage),
      message: body.message || null,
      createdAt: now,
      expiresAt: expiryOf(event, now),
    });
  }
  writeTransferMails(trx, [{ kind: 'ticket-offered', transferId: ids[0] as TransferId }]);
  const shown: Transfer[] = [];
  for (const id of ids) shown.push(showTransfer((await findTransfer(trx, id)) as TransferRow, now));
  return shown;
}

/**
 * Whether somebody may still accept a ticket that is locked. Ends an open offer that nobody can accept any more, so that a new
 * one can replace it.
 */
export async function isOffered(trx: Transaction, ticketId: TicketId, now: Date): Promise<boolean> {
  const open = await findOpenTransfer(trx, ticketId);
  if (!open) return false;
  if (statusOf(open, now) !== 'expired') return true;
  endOffers(trx, [open], 'expired', now);
  return false;
}

/** Spends in the transaction, so that a refused offer costs nothing. Always the recipient first, so that nobody deadlocks. */
async function spendMail(app: App, trx: Transaction, email: string, userId: UserId): Promise<void> {
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
