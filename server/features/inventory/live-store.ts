import type { EventId } from '../../../contract/ids.ts';
import type { Db } from '../../data/db.ts';
import type { HoldLine, Pool } from './inventory.ts';

/** What a process knows of an event's inventory, and asks whether it is still so. */
export interface Known {
  eventId: EventId;
  /** The ledger's version; -1 where nothing is known. */
  version: number;
  saleVersion: number;
  /** Ask all the same: a hold has run out since. */
  again: boolean;
}

export interface LiveRow {
  event_id: EventId;
  version: number;
  sale_version: number;
  /** Null where everything is as it is known. */
  changed: {
    pools: Pool[];
    /** Index and status of the seats that changed since the known version; of another sale, of all that ever did. */
    seats: [number, number][];
    /** The lines of the holds that are past their time though nobody has swept them: their places are free. */
    due: HoldLine[][];
    nextExpiry: string | null;
  } | null;
}

// One statement is one snapshot. What has not changed costs one look-up by the primary key. The values come
// out of sub-selects, so that the planner does not see them and plans once, not anew for each call.
const changesSql = `
  select ledgers.event_id, ledgers.version, ledgers.sale_version,
    case when known.again or (ledgers.version, ledgers.sale_version) <> (known.version, known.sale_version) then json_build_object(
      'pools', (
        select coalesce(json_agg(json_build_object('id', id, 'key', key, 'name', name, 'capacity', capacity, 'held', held, 'sold', sold)), '[]')
        from pools where pools.event_id = ledgers.event_id),
      'seats', (
        select coalesce(json_agg(json_build_array(index, array_position(array['free', 'held', 'sold', 'blocked'], status) - 1)), '[]')
        from seats where seats.event_id = ledgers.event_id and seats.version > 0
          and (seats.version > known.version or ledgers.sale_version <> known.sale_version)),
      'due', (
        select coalesce(json_agg(lines), '[]')
        from holds where holds.event_id = ledgers.event_id and status = 'active' and expires_at <= (select $5::timestamptz)),
      'nextExpiry', (
        select min(expires_at)
        from holds where holds.event_id = ledgers.event_id and status = 'active' and expires_at > (select $5::timestamptz))) end as changed
  from unnest((select $1::text[]), (select $2::bigint[]), (select $3::int[]), (select $4::bool[]))
    as known (event_id, version, sale_version, again)
  cross join lateral (
    select event_id, version, sale_version from ledgers where event_id = known.event_id offset 0
  ) as ledgers`;

/** Of each event that is there, its versions, and what has changed. */
export const selectChanges = (db: Db, known: Known[], now: Date): Promise<LiveRow[]> =>
  db.query<LiveRow>(changesSql, [
    known.map((each) => each.eventId),
    known.map((each) => each.version),
    known.map((each) => each.saleVersion),
    known.map((each) => each.again),
    now,
  ]);
