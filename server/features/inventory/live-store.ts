import type { EventId } from '../../../contract/ids.ts';
import type { Db } from '../../data/db.ts';
import type { HoldLine, Pool } from './inventory.ts';

/** What a process has cached of an event's inventory, to ask whether it is current. */
interface Known {
  eventId: EventId;
  /** The ledger's version; -1 if nothing is cached. */
  version: number;
  saleVersion: number;
  /** True to read it in any case, because a hold has expired since. */
  again: boolean;
}

export interface LiveRow {
  event_id: EventId;
  version: number;
  sale_version: number;
  /** Null if the cache is current. */
  changed: {
    pools: Pool[];
    /**
     * Index and status of the seats that changed since the cached version; all changed seats if the sale is another.
     */
    seats: [number, number][];
    /** The lines of holds that have expired and are not swept yet. Their places are free. */
    due: HoldLine[][];
    nextExpiry: string | null;
  } | null;
}

// One statement reads one snapshot. An unchanged event costs one look-up by the primary key. The values come out of
// sub-selects, which hides them from the planner, so it plans once and not for each call.
const changesSql = `
  select ledgers.event_id, ledgers.version, ledgers.sale_version,
    case when known.again or (ledgers.version, ledgers.sale_version) <> (known.version, known.sale_version)
      then inventory_changes(
        ledgers.event_id, known.version, ledgers.sale_version = known.sale_version, (select $5::timestamptz)) end as changed
  from unnest((select $1::text[]), (select $2::bigint[]), (select $3::int[]), (select $4::bool[]))
    as known (event_id, version, sale_version, again)
  cross join lateral (
    select event_id, version, sale_version from ledgers where event_id = known.event_id offset 0
  ) as ledgers`;

/** Reads the versions of each existing event, and its changes. */
export const selectChanges = (db: Db, known: Known[], now: Date): Promise<LiveRow[]> =>
  db.query<LiveRow>(changesSql, [
    known.map((each) => each.eventId),
    known.map((each) => each.version),
    known.map((each) => each.saleVersion),
    known.map((each) => each.again),
    now,
  ]);
