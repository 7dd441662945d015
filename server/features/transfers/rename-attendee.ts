import { Refused } from '../../../contract/errors.ts';
import type { OrderId, TicketId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { noteAct } from '../../data/audit-trail.ts';
import type { Queryable } from '../../data/db.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { requireEventCapability } from '../sale/event-team.ts';
import { lockForHandOver } from '../tickets/hand-over.ts';
import { readRelation } from '../tickets/own-tickets.ts';
import { readTicket } from '../tickets/read-ticket.ts';
import { renameTicket } from '../tickets/rename-ticket.ts';
import { insertRename, type Rename, selectRenames } from './store.ts';
import { whyNot } from './transfer.ts';

/**
 * Changes the name on a ticket. The holder may while the event allows it; a manager of the event always may, with an entry
 * in the audit log. The name is not in the code, so the code stays valid.
 */
export async function renameAttendee(
  app: App,
  call: Call<{ ticketId: TicketId }, undefined, { name: string }, 'holder-or-team'>,
): Promise<{ id: TicketId; attendeeName: string }> {
  const { caller, params, body } = call;
  const found = await readTicket(app.db, params.ticketId);
  const event = found && (await readEventSale(app, found.eventId));
  if (!found || !event) throw new Refused('not_found');
  const relation = await readRelation(app, caller, found.id);
  const forHolder = relation === 'holder' ? whyNot('renames', found.status, event, app.clock.now()) : null;
  const refused = relation === 'payer' ? 'ticket_transferred' : forHolder;
  const isHolder = relation === 'holder' && refused === null;
  if (!isHolder) {
    await requireEventCapability(app, caller, found.eventId, 'orders.edit').catch((error: unknown) => {
      throw refused && error instanceof Refused ? new Refused(refused) : error;
    });
  }
  return once(app, call, async (trx) => {
    const ticket = await lockForHandOver(trx, found.id);
    if (ticket.status === 'cancelled') throw new Refused('ticket_cancelled');
    if (isHolder && ticket.status === 'used') throw new Refused('ticket_used');
    if (isHolder && ticket.transferId !== found.transferId) throw new Refused('ticket_transferred');
    renameTicket(trx, ticket, body.name);
    insertRename(trx, {
      eventId: ticket.eventId,
      ticketId: ticket.id,
      orderId: ticket.orderId,
      byRole: isHolder ? 'holder' : 'organiser',
      byUserId: caller.userId,
      fromName: ticket.attendeeName,
      toName: body.name,
      createdAt: app.clock.now(),
    });
    if (!isHolder) {
      noteAct(app, trx, call, {
        act: 'ticket.renamed',
        organisationId: event.organisationId,
        subject: { type: 'ticket', id: ticket.id, title: event.title },
        before: null,
        after: { order: ticket.orderId },
      });
    }
    return { id: ticket.id, attendeeName: body.name };
  });
}

/** The changes of names on the tickets of an order, the oldest first. */
export const listRenames = (db: Queryable, orderId: OrderId): Promise<Rename[]> => selectRenames(db, orderId);
