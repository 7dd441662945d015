import type { DoorConflict } from '../../../contract/door-conflicts.ts';
import type { EventId, Id } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { orderNumber } from '../orders/orders.ts';
import { placeOf } from '../tickets/ticket.ts';
import { type ConflictRow, countOpenConflicts, type ScanRow, selectConflicts } from './conflicts-store.ts';

const perPage = 50;

/** Lists the conflicts of an event's door, the newest first. */
export async function listDoorConflicts(
  app: App,
  call: { params: { eventId: EventId }; query: { cursor?: Id<'doorConflict'> | undefined } },
) {
  const { eventId } = call.params;
  const [rows, open] = await Promise.all([
    selectConflicts(app.db, eventId, call.query.cursor ?? null, perPage + 1),
    countOpenConflicts(app.db, eventId),
  ]);
  const items = rows.slice(0, perPage);
  return {
    items: items.map(showConflict),
    open,
    nextCursor: rows.length > perPage ? (items.at(-1)?.id ?? null) : null,
  };
}

export const showConflict = (row: ConflictRow): DoorConflict => ({
  id: row.id,
  ticketId: row.ticketId,
  code: row.code,
  scan: showScan(row.scan),
  admission: row.admission && showScan(row.admission),
  counts: row.scan.void === 0,
  ticketTypeName: row.ticket_type_name,
  place: placeOf(row),
  attendeeName: row.attendee_name,
  orderNumber: orderNumber(row.order_id),
  createdAt: row.created_at.toISOString(),
  clearedAt: row.cleared_at?.toISOString() ?? null,
  resolution:
    row.resolved_at === null
      ? null
      : { at: row.resolved_at.toISOString(), by: row.resolved_by ?? '', note: row.note ?? '' },
});

const showScan = (row: ScanRow): DoorConflict['scan'] => ({
  checkInId: row.id,
  kind: row.kind,
  scannedAt: new Date(row.scanned_at).toISOString(),
  saidAt: row.said_at && new Date(row.said_at).toISOString(),
  gate: row.gate,
  device: row.device,
  person: row.person,
  isOffline: row.is_offline,
});
