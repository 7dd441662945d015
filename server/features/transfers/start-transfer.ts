import { Refused } from '../../../contract/errors.ts';
import type { TicketId } from '../../../contract/ids.ts';
import type { Transfer } from '../../../contract/transfers.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { refuseDisputedMoney } from '../orders/disputed-exchanges.ts';
import { lockForHandOver } from '../tickets/hand-over.ts';
import { readOwnTicket } from '../tickets/own-tickets.ts';
import { refuseHeld } from '../tickets/ticket.ts';
import { holderOf } from './holder-of.ts';
import { isOffered, offerTickets, refuseOneself } from './offer-tickets.ts';
import { whyNotOffer } from './transfer.ts';

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
  // A ticket that does not wait now never waits again, so nothing is locked for this.
  refuseHeld(own.ticket);
  const sender = await holderOf(app, own);
  if (own.order.origin === 'pass') throw new Refused('ticket_of_pass');
  return once(app, call, async (trx) => {
    const now = app.clock.now();
    const ticket = await lockForHandOver(trx, params.ticketId);
    // Somebody has accepted the ticket since it was read.
    if (ticket.transferId !== own.ticket.transferId) throw new Refused('ticket_transferred');
    const refused = whyNotOffer(ticket, own.event, await refuseDisputedMoney(trx, own.order), now);
    if (refused) throw new Refused(refused.code, refused.members);
    await refuseOneself(app, { caller, sender, body });
    if (await isOffered(trx, params.ticketId, now)) throw new Refused('transfer_pending');
    const acceptLanguage = call.header('accept-language');
    const offering = { caller, sender, body, acceptLanguage };
    const [transfer] = await offerTickets(app, trx, [ticket], own.event, offering);
    return transfer as Transfer;
  });
}
