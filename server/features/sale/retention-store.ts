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
