import type { CheckpointId, EventId } from '../../../contract/ids.ts';
import type { Reads } from '../../data/db.ts';
import { gatherPerDb } from '../../gather.ts';

// Leaves out extras, which are in the table of sale. Counts the table of tickets, because the number of admitted guests belongs to the door, which asks after each scan. The zone of the
// event is in the table of catalog: who came in for another day is not inside any more.
const countTickets = `
  select admitted, tickets, inside, tickets - admitted as "toCome"
  from unnest((select $1::text[])) with ordinality as asked (event_id, n)
  left join lateral (
    select (($2::timestamptz at time zone time_zone) - make_interval(hours => coalesce(day_starts_hour, 0)))::date as today
    from events left join door_settings on door_settings.event_id = events.id where events.id = asked.event_id
  ) as day on true
  cross join lateral (
    select count(*) filter (where status = 'used') as admitted, count(*) as tickets,
      count(*) filter (where is_inside and (inside_day is null or inside_day = today)) as inside
    from tickets where event_id = asked.event_id and cancelled_at is null and ticket_type_id not in (
      select id from ticket_types where ticket_types.event_id = asked.event_id and product_id is not null)
  ) as counts
  order by n`;

interface Counts {
  admitted: number;
  tickets: number;
  inside: number;
  toCome: number;
}

/**
 * Counts the admitted tickets, all tickets, and who is inside. Counting 50,000 takes 25 to 60 ms, and each scanner asks after each
 * scan. So calls that arrive while a count is running share the next one.
 */
export const countAdmitted = gatherPerDb(
  async (db, asked: { eventId: EventId; now: Date }[]): Promise<Counts[]> => {
    const eventIds = [...new Set(asked.map(({ eventId }) => eventId))];
    const counts = await db.query<Counts>(countTickets, [eventIds, asked[0]?.now]);
    const byEvent = new Map(eventIds.map((eventId, i) => [eventId, counts[i]]));
    const none = { admitted: 0, tickets: 0, inside: 0, toCome: 0 };
    return asked.map(({ eventId }) => byEvent.get(eventId) ?? none);
  },
  1000,
);

interface Moved {
  entries: number;
  exits: number;
  handouts: number;
}

interface GateRow extends Moved {
  gate: string | null;
  checkpointId: CheckpointId | null;
  lastAt: Date;
}

interface MinuteRow extends Moved {
  at: Date;
  gate: string | null;
}

// No index has the check-ins of an event, because each would cost every admission. So this goes through the used tickets of the event,
// in the table of tickets, and looks each one's movements up.
const moved = `
  select gate, checkpoint_id, scanned_at, kind
  from tickets cross join lateral (
    select * from check_ins where check_ins.ticket_id = tickets.id and check_ins.event_id = tickets.event_id and void = 0 offset 0
  ) as scanned
  where tickets.event_id = $1 and cancelled_at is null and status = 'used'`;
const counted = `count(*) filter (where kind = 'entry')::int as entries, count(*) filter (where kind = 'exit')::int as exits,
  count(*) filter (where kind = 'handout')::int as handouts`;
const gatesSql = `
  select gate, checkpoint_id as "checkpointId", ${counted}, max(scanned_at) as "lastAt"
  from (${moved}) as moved group by gate, checkpoint_id order by gate nulls last, checkpoint_id nulls first`;
export const selectGates = (db: Reads, eventId: EventId): Promise<GateRow[]> => db.query(gatesSql, [eventId]);

const minutesSql = `
  with moved as materialized (select *, date_trunc('minute', scanned_at) as at from (${moved}) as moved),
  latest as (select distinct at from moved order by at desc limit $2)
  select at, gate, ${counted} from moved where at in (select at from latest) group by at, gate order by at, gate nulls last`;
/** The last minutes in which something was scanned, each by gate. */
export const selectMinutes = (db: Reads, eventId: EventId, most: number): Promise<MinuteRow[]> =>
  db.query(minutesSql, [eventId, most]);
