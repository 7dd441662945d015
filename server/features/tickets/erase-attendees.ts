import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { Writes } from '../../data/db.ts';

const eraseSql = `
  update tickets set attendee_name = null
  where order_id = any($1::text[]) and event_id = $2 and attendee_name is not null`;

/** Erases who was to come, of the tickets of these orders, in the caller's transaction. */
export const eraseAttendees = (trx: Writes, eventId: EventId, orderIds: OrderId[]): void =>
  trx.write(eraseSql, [orderIds, eventId]);
