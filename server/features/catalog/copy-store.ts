import type { EventId, Id, TicketTypeId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';

// Reads and writes tables of door, whose feature comes below this one: the rules of the door are a part of what a copy has.
const settingsSql = `
  insert into door_settings (event_id, re_entry, inside_limit, warn_inside_at, disputed, day_starts_hour, version, changed_at)
  select $2, re_entry, inside_limit, warn_inside_at, disputed, day_starts_hour, 1, $3
  from door_settings where event_id = $1`;
// The days of a checkpoint move by as many days as the start of the event. Table of door.
const selectCheckpointsSql = `
  select id, ticket_type_ids from checkpoints where event_id = $1 and removed_at is null order by position`;
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

/** Gives a copy of an event the rules of its door and its checkpoints. */
export async function copyDoor(
  app: App,
  trx: Transaction,
  { from, to, types }: { from: EventId; to: EventId; types: Map<TicketTypeId, TicketTypeId> },
): Promise<void> {
  await trx.run(settingsSql, [from, to, app.clock.now()]);
  const rows = await trx.query<CheckpointRow>(selectCheckpointsSql, [from]);
  if (rows.length === 0) return;
  const copies = rows.map(({ id, ticket_type_ids }) => ({
    of: id,
    id: app.newId('checkpoint'),
    types: ticket_type_ids?.flatMap((each) => types.get(each) ?? []) ?? null,
  }));
  await trx.run(copyCheckpointsSql, [from, to, JSON.stringify(copies)]);
}
