import type { EventId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import type { EventSale } from './event-sale.ts';

interface OtherDate {
  id: EventId;
  title: string;
  startsAt: Date;
  endsAt: Date;
  timeZone: string;
  venueName: string;
  city: string;
}

// Reads the table of catalog: one index look-up finds the dates of a run, and a quote needs no more of them.
const datesSql = `
  select id, title, starts_at as "startsAt", ends_at as "endsAt", time_zone as "timeZone", venue_name as "venueName", city
  from events
  where organisation_id = $1 and run = $2 and currency = $3 and id <> $4 and status = 'published' and ends_at > $5
  order by starts_at, id limit 100`;

/** Lists the other dates of an event's run that are not over, the earliest first. Reads nothing for an event without a run. */
export const listDates = (
  db: Queryable,
  { eventId, organisationId, currency, run }: EventSale,
  now: Date,
): Promise<OtherDate[]> =>
  run === null
    ? Promise.resolve([])
    : db.query<OtherDate>(datesSql, [organisationId, run, currency, eventId, now]);
