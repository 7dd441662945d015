import { Refused } from '../../../contract/errors.ts';
import type { TicketId } from '../../../contract/ids.ts';
import type { Resale } from '../../../contract/resale-shapes.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { resaleEndOf } from '../inventory/resale.ts';
import { showResale } from '../inventory/show-resale.ts';
import { readOwnTicket } from '../tickets/own-tickets.ts';
import { refuseHeld } from '../tickets/ticket.ts';
import { hasOpenOffer } from '../transfers/has-open-offer.ts';
import { holderOf } from '../transfers/holder-of.ts';

/**
 * Offers the caller's ticket for resale. The event's ledger decides, and offers it to the first in line in the same batch
 * (inventory/resell.ts).
 */
export async function offerResale(
  app: App,
  call: Call<{ ticketId: TicketId }, undefined, undefined, 'holder'>,
): Promise<Resale> {
  const own = await readOwnTicket(app, call.caller, call.params.ticketId);
  const { ticket, order, event } = own;
  refuseHeld(ticket);
  if (await hasOpenOffer(app, ticket.id)) throw new Refused('transfer_pending');
  const holder = await holderOf(app, own);
  const outcome = await app.ledger.submit(ticket.eventId, {
    kind: 'resell',
    holdId: order.holdId,
    ticketId: ticket.id,
    transferId: ticket.transferId,
    resaleId: app.newId('resale'),
    sellerId: holder.userId,
    retry: call.retry,
  });
  if (outcome.kind === 'refused') throw new Refused(outcome.code, outcome.members);
  if (outcome.kind !== 'resale') throw new Error(`an offer for resale came out as ${outcome.kind}`);
  return showResale(outcome.resale, resaleEndOf(event, outcome.resale.ticketTypeId));
}
