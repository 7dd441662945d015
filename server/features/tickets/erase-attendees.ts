import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { Writes } from '../../data/db.ts';
import { refreshPassesOfOrders } from '../../work/pass-jobs.ts';

const eraseSql = `
  with locked as materialized (
    select id from tickets where order_id = any($1::text[]) and event_id = $2
      and (attendee_name is not null or holder_email is not null)
    order by id for no key update
  )
  update tickets set attendee_name = null, holder_email = null from locked where tickets.id = locked.id and tickets.event_id = $2`;

/**
 * Erases the attendees' names and the addresses of later holders from the tickets of these orders, in the caller's
 * transaction.
 */
export function eraseAttendees(trx: Writes, eventId: EventId, orderIds: OrderId[]): void {
  trx.write(eraseSql, [orderIds, eventId]);
  refreshPassesOfOrders(trx, orderIds);
}
