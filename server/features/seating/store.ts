import type { EventId, SeatMapId } from '../../../contract/ids.ts';
import type { SeatLayout } from '../../../contract/layout.ts';
import type { Queryable, Transaction } from '../../data/db.ts';
import type { NumberedLayout } from './seat-plan.ts';

/** One version of an event's seat map. Only `replaced` ever changes in its row. */
export interface SeatMapVersion extends NumberedLayout {
  eventId: EventId;
  version: number;
  /** True if it is no longer the current version. */
  replaced: boolean;
}

interface Row {
  id: SeatMapId;
  event_id: EventId;
  version: number;
  layout: SeatLayout;
  seat_indexes: number[] | null;
  index_count: number;
  replaced: boolean;
}

const columns = `id, event_id, version, layout, seat_indexes, index_count, replaced_at is not null as replaced`;

const toVersion = (row: Row): SeatMapVersion => ({
  id: row.id,
  eventId: row.event_id,
  version: row.version,
  layout: row.layout,
  indexes: row.seat_indexes,
  indexCount: row.index_count,
  replaced: row.replaced,
});

const inForceSql = `select ${columns} from seat_maps where event_id = $1 and replaced_at is null`;

export async function selectSeatMapInForce(db: Queryable, eventId: EventId): Promise<SeatMapVersion | null> {
  const [row] = await db.query<Row>(inForceSql, [eventId]);
  return row ? toVersion(row) : null;
}

const inForceIdSql = `select id from seat_maps where event_id = $1 and replaced_at is null`;

export async function selectSeatMapIdInForce(db: Queryable, eventId: EventId): Promise<SeatMapId | null> {
  const [row] = await db.query<{ id: SeatMapId }>(inForceIdSql, [eventId]);
  return row?.id ?? null;
}

const latestSql = `select ${columns} from seat_maps where event_id = $1 order by version desc limit 1`;

/** The newest version, current or not. */
export async function selectLatestSeatMap(db: Queryable, eventId: EventId): Promise<SeatMapVersion | null> {
  const [row] = await db.query<Row>(latestSql, [eventId]);
  return row ? toVersion(row) : null;
}

const byIdSql = `select ${columns} from seat_maps where id = $1`;

export async function findSeatMap(db: Queryable, id: SeatMapId): Promise<SeatMapVersion | null> {
  const [row] = await db.query<Row>(byIdSql, [id]);
  return row ? toVersion(row) : null;
}

const replaceSql = `update seat_maps set replaced_at = $2 where event_id = $1 and replaced_at is null`;
const removeAllSql = `delete from seat_maps where event_id = $1`;
const insertSql = `
  insert into seat_maps (id, event_id, version, layout, seat_count, seat_indexes, index_count, created_at)
  values ($1, $2, $3, $4::jsonb, $5, $6::int[], $7, $8)`;

/** Marks the current version as replaced. */
export const markReplaced = (trx: Transaction, eventId: EventId, now: Date): Promise<number> =>
  trx.run(replaceSql, [eventId, now]);

/** Deletes every version of an event that nobody has ever bought from. */
export const removeSeatMaps = (trx: Transaction, eventId: EventId): Promise<number> =>
  trx.run(removeAllSql, [eventId]);

export const insertSeatMap = (
  trx: Transaction,
  map: Omit<SeatMapVersion, 'replaced'> & { seatCount: number },
  now: Date,
): Promise<number> =>
  trx.run(insertSql, [
    map.id,
    map.eventId,
    map.version,
    JSON.stringify(map.layout),
    map.seatCount,
    map.indexes,
    map.indexCount,
    now,
  ]);
