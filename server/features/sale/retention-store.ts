/**
 * Finds ended events in the table of catalog together with their organisation's own term,
 * in the table of organisations. Separate reads would look at every ended event of all years each night.
 */
import type { EventId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';

// If an event was moved to a later date after this was done, it is done again.
const ended = (column: string) => `
  select event.id from events as event
  left join event_retention as done on done.event_id = event.id
  left join organisations as organisation on organisation.id = event.organisation_id
  where event.ends_at < $1::timestamptz - coalesce($2::int, organisation.names_kept_days) * interval '1 day'
    and (done.${column} is null or done.${column} < event.ends_at)
  order by event.ends_at
  limit 100`;
const statements = {
  holds_forgotten_at: ended('holds_forgotten_at'),
  buyers_erased_at: ended('buyers_erased_at'),
};
const note = (column: string) => `
  insert into event_retention (event_id, ${column}) values ($1, $2)
  on conflict (event_id) do update set ${column} = excluded.${column}`;
const notes = { holds_forgotten_at: note('holds_forgotten_at'), buyers_erased_at: note('buyers_erased_at') };

export type Forgetting = keyof typeof statements;

/**
 * Selects events that ended this many days ago and still need this; null means each organisation's own number of
 * days.
 */
export const selectEnded = async (db: Queryable, what: Forgetting, now: Date, days: number | null) =>
  (await db.query<{ id: EventId }>(statements[what], [now, days])).map(({ id }) => id);

export const noteDone = (db: Queryable, what: Forgetting, eventId: EventId, now: Date): Promise<number> =>
  db.run(notes[what], [eventId, now]);

// An event is listed after the names of its buyers were erased, so nobody is promised names for longer than records.
const pastRecords = `
  select event.id, term.before from events as event
  join event_retention as done on done.event_id = event.id and done.buyers_erased_at >= event.ends_at
  left join organisations as organisation on organisation.id = event.organisation_id
  cross join lateral (
    select coalesce(
      (select before from unnest($1::text[], $2::timestamptz[]) as term (country, before)
       where term.country = organisation.country), $3::timestamptz)
  ) as term (before)
  where event.ends_at < term.before and event.id > $4
  order by event.id
  limit 100`;

/** Before which instants records may go: by the country of the books, and for all other countries. */
export interface RecordTerms {
  countries: string[];
  before: Date[];
  otherwise: Date;
}

/** Selects events that ended so long ago that their records may go, each with the instant before which. */
export const selectPastRecords = (
  db: Queryable,
  { countries, before, otherwise }: RecordTerms,
  after: EventId | '',
): Promise<{ id: EventId; before: Date }[]> => db.query(pastRecords, [countries, before, otherwise, after]);
