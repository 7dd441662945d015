import type { EventId, TicketId } from '../../../contract/ids.ts';
import type { Writes } from '../../data/db.ts';
import { forgetRefused } from './ticket-scans-store.ts';

const deleteSql = `delete from check_ins where event_id = $1 and ticket_id = any($2::text[])`;
/** Deletes the check-ins and the refused scans of tickets in the caller's transaction. */
export function forgetCheckIns(trx: Writes, eventId: EventId, ticketIds: TicketId[]): void {
  trx.write(deleteSql, [eventId, ticketIds]);
  forgetRefused(trx, eventId, ticketIds);
}
