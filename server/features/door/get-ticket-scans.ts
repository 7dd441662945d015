import type { z } from 'zod';
import { Refused } from '../../../contract/errors.ts';
import type { EventId, TicketId } from '../../../contract/ids.ts';
import type { getTicketScans as operation, TicketScan } from '../../../contract/ticket-scans.ts';
import type { App } from '../../app.ts';
import { orderNumber } from '../orders/orders.ts';
import { placeOf } from '../tickets/ticket.ts';
import { mayTakeBack } from './may-take-back.ts';
import { selectScannedTicket, selectTicketScans, type TicketScanRow } from './ticket-scans-store.ts';

type Reply = z.infer<NonNullable<(typeof operation)['reply']>>;

/** Everything that the door did with a ticket. */
export async function getTicketScans(
  app: App,
  call: { params: { eventId: EventId; ticketId: TicketId } },
): Promise<Reply> {
  const { eventId, ticketId } = call.params;
  const [ticket, rows] = await Promise.all([
    selectScannedTicket(app.db, eventId, ticketId),
    selectTicketScans(app.db, eventId, ticketId),
  ]);
  if (!ticket) throw new Refused('not_found');
  const movements = rows.flatMap((row) => (row.kind === 'refused' ? [] : [{ ...row, kind: row.kind }]));
  const latest = movements.find((row) => mayTakeBack(row, movements));
  return {
    ticketId,
    status: ticket.status,
    isInside: ticket.is_inside,
    ticketTypeName: ticket.ticket_type_name,
    place: placeOf(ticket),
    attendeeName: ticket.attendee_name,
    orderId: ticket.order_id,
    orderNumber: orderNumber(ticket.order_id),
    items: rows.map((row) => show(row, row.id !== null && row.id === latest?.id)),
  };
}

const show = (row: TicketScanRow, canUndo: boolean): TicketScan => ({
  kind: row.kind,
  checkInId: row.id,
  at: row.scannedAt.toISOString(),
  saidAt: row.saidAt?.toISOString() ?? null,
  gate: row.gate,
  checkpoint: row.checkpoint,
  device: row.device,
  person: row.person,
  isOffline: row.isOffline,
  counts: row.void === 0,
  refusal: row.refusal,
  conflict: row.conflict && { code: row.conflict, isOpen: row.conflictIsOpen, note: row.conflictNote },
  undone: row.undoneAt && {
    at: row.undoneAt.toISOString(),
    by: row.undoneBy ?? '',
    reason: row.undoReason ?? '',
  },
  canUndo,
});
