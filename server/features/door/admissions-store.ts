import type { EventId, Id, TicketId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';

export interface ListedAdmission {
  id: Id<'checkIn'>;
  ticketId: TicketId;
  gate: string | null;
  /** The name of the person or device that scanned; empty if the person's account was deleted. */
  scannedBy: string;
  scannedAt: Date;
  receivedAt: Date;
}

// Reads the name of the scanning person or device from the table of accounts and the table of door-links together with the admission, because one person has scanned
// thousands of rows. The look-ups are by key, so that no plan scans a table.
const ofTickets = `
  select admission.*, coalesce(person.name, device.name) as "scannedBy"
  from unnest((select $1::text[])) with ordinality as wanted (ticket_id, n)
  cross join lateral (
    select id, ticket_id as "ticketId", gate, scanned_at as "scannedAt", created_at as "receivedAt", admitted_by, device_id
    from check_ins where ticket_id = wanted.ticket_id and event_id = $2 and kind = 'entry' and void = 0
    order by scanned_at
  ) as admission
  left join lateral (select name from users where id = admission.admitted_by offset 0) as person on true
  left join lateral (select name from door_devices where id = admission.device_id offset 0) as device on true
  order by n`;

export const selectAdmissions = (
  db: Queryable,
  eventId: EventId,
  ticketIds: TicketId[],
): Promise<ListedAdmission[]> => db.query<ListedAdmission>(ofTickets, [ticketIds, eventId]);
