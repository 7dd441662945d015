import type { EventId, Id, TicketTypeId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';

const settingsSql = `
  insert into door_settings (event_id, re_entry, inside_limit, warn_inside_at, disputed, day_starts_hour, version, changed_at)
  select $2, re_entry, inside_limit, warn_inside_at, disputed, day_starts_hour, 1, $3
  from door_settings where event_id = $1
  on conflict (event_id) do update set re_entry = excluded.re_entry, inside_limit = excluded.inside_limit,
    warn_inside_at = excluded.warn_inside_at, disputed = excluded.disputed, day_starts_hour = excluded.day_starts_hour`;
// A copy that sells extras has a desk for them already. The desks of the original take its place.
const dropDeskSql = `delete from checkpoints where event_id = $1`;
const selectCheckpointsSql = `
  select id, ticket_type_ids from checkpoints where event_id = $1 and removed_at is null order by position`;
// Reads the table of catalog: the days of a checkpoint move by as many days as the start of the event.
const copyCheckpointsSql = `
  insert into checkpoints (event_id, id, position, name, kind, ticket_type_ids, per_day, days, times, counts_inside, inside_limit)
  select $2, copy.id, position, name, kind, copy.types, per_day,
    (select array_agg(day + (here.starts_on - there.starts_on) order by day) from unnest(days) as day),
    times, counts_inside, inside_limit
  from jsonb_to_recordset($3) as copy (of text, id text, types text[])
    join checkpoints on checkpoints.event_id = $1 and checkpoints.id = copy.of
    join events there on there.id = $1
    join events here on here.id = $2`;

interface CheckpointRow {
  id: Id<'checkpoint'>;
  ticket_type_ids: TicketTypeId[] | null;
}

export const copySettings = (trx: Transaction, from: EventId, to: EventId, now: Date): Promise<number> =>
  trx.run(settingsSql, [from, to, now]);

/** Removes the checkpoints of a copy that nobody has used yet. */
export const dropDesk = (trx: Transaction, eventId: EventId): Promise<number> =>
  trx.run(dropDeskSql, [eventId]);

export const selectCheckpointsToCopy = (trx: Transaction, eventId: EventId): Promise<CheckpointRow[]> =>
  trx.query(selectCheckpointsSql, [eventId]);

/** Copies these checkpoints, each to an id of its own and with the ticket types of the other event. */
export const copyCheckpoints = (
  trx: Transaction,
  from: EventId,
  to: EventId,
  copies: { of: string; id: string; types: TicketTypeId[] | null }[],
): Promise<number> => trx.run(copyCheckpointsSql, [from, to, JSON.stringify(copies)]);
