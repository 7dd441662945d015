import type { EventId } from '../../../contract/ids.ts';
import type { Db, Reads } from '../../data/db.ts';
import { type EventRow, summaryColumns } from './store.ts';

// addHeat in SQL. Beyond 60 half-lives the smaller value changes no digit of a double, and exp() of less is an error
// in PostgreSQL. It locks in the order of the ids, so that two processes do not deadlock. It ignores ids that name no
// event, because they come from clients.
const addHeatSql = `
  insert into event_heat as known (event_id, heat)
  select events.id, added.heat
  from unnest($1::text[], $2::float8[]) as added (event_id, heat) join events on events.id = added.event_id
  order by events.id
  on conflict (event_id) do update set heat = greatest(known.heat, excluded.heat)
    + ln(1 + exp(-least(abs(known.heat - excluded.heat), 60) * ln(2::float8))) / ln(2::float8)`;

/**
 * Adds to the heat of events, without waiting for the disk: a crash loses only seconds of a value that decays anyway.
 */
export function addToHeat(db: Db, heats: Map<EventId, number>): Promise<void> {
  return db.transaction(async (trx) => {
    trx.write('set local synchronous_commit to off');
    await trx.run(addHeatSql, [[...heats.keys()], [...heats.values()]]);
  });
}

const hottestSql = `
  select ${summaryColumns} from event_heat join events on events.id = event_heat.event_id
  where heat > $2 and status = 'published' and ends_at > $1
  order by heat desc limit $3`;

/** Selects the hottest upcoming events above a heat. */
export const selectHottest = (db: Reads, now: Date, above: number, limit: number): Promise<EventRow[]> =>
  db.query(hottestSql, [now, above, limit]);
