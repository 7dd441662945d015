import type { EventId } from '../../../contract/ids.ts';
import type { Db } from '../../db.ts';
import { type Pool, seatStatus } from './inventory.ts';

/** What the world may know of an event's inventory, all of it as of one instant. */
export interface Snapshot {
  version: number;
  pools: Pool[];
  seatStatuses: Uint8Array;
  nextExpiry: Date | null;
}

const readVersionSql = `select version from ledgers where event_id = $1`;

export async function readVersion(db: Db, eventId: EventId): Promise<number | null> {
  const [row] = await db.query<{ version: number }>(readVersionSql, [eventId]);
  return row?.version ?? null;
}

// One statement is one snapshot. What is past its time counts as free though its row still says held.
const readSnapshotSql = `
  with due as materialized (
    select id, lines from holds where event_id = $1 and status = 'active' and expires_at <= $2
  )
  select version,
    (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'key', key, 'name', name, 'capacity', capacity, 'sold', sold,
        'held', held - coalesce((
          select sum((line ->> 'quantity')::int)
          from due, jsonb_array_elements(due.lines) as line
          where line -> 'pools' ? pools.id), 0))), '[]')
      from pools where pools.event_id = $1) as pools,
    (select coalesce(string_agg(case when status = 'free' or hold_id in (select id from due) then '0'
        when status = 'held' then '1' when status = 'sold' then '2' else '3' end, '' order by index), '')
      from seats where seats.event_id = $1) as seats,
    (select min(expires_at) from holds where event_id = $1 and status = 'active' and expires_at > $2) as next_expiry
  from ledgers where event_id = $1`;

interface SnapshotRow {
  version: number;
  pools: Pool[];
  seats: string;
  next_expiry: Date | null;
}

export async function readSnapshot(db: Db, eventId: EventId, now: Date): Promise<Snapshot> {
  const [row] = await db.query<SnapshotRow>(readSnapshotSql, [eventId, now]);
  if (!row) throw new Error(`the event ${eventId} has no ledger`);
  return {
    version: row.version,
    pools: row.pools,
    // '0' to '3' are the codes of seatStatus.
    seatStatuses: Uint8Array.from(Buffer.from(row.seats, 'latin1'), (byte) => byte - 48 + seatStatus.free),
    nextExpiry: row.next_expiry,
  };
}
