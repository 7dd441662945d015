import type { EventId } from '../../../contract/ids.ts';
import type { SeatLayout } from '../../../contract/layout.ts';
import type { Queryable, Transaction } from '../../data/db.ts';

const layoutSql = `select layout from seat_maps where event_id = $1`;

export async function selectLayout(db: Queryable, eventId: EventId): Promise<SeatLayout | null> {
  const [row] = await db.query<{ layout: SeatLayout }>(layoutSql, [eventId]);
  return row?.layout ?? null;
}

const layoutOfEtagSql = `select layout from seat_maps where event_id = $1 and etag = $2`;

/** The layout that has this etag; null where the event has got another one meanwhile. */
export async function selectLayoutOfEtag(
  db: Queryable,
  eventId: EventId,
  etag: string,
): Promise<SeatLayout | null> {
  const [row] = await db.query<{ layout: SeatLayout }>(layoutOfEtagSql, [eventId, etag]);
  return row?.layout ?? null;
}

const removeLayoutSql = `delete from seat_maps where event_id = $1`;
const upsertLayoutSql = `
  insert into seat_maps (event_id, layout, seat_count, etag) values ($1, $2::jsonb, $3, $4)
  on conflict (event_id) do update set layout = excluded.layout, seat_count = excluded.seat_count, etag = excluded.etag`;

export const removeLayout = (trx: Transaction, eventId: EventId): Promise<number> =>
  trx.run(removeLayoutSql, [eventId]);

export function upsertLayout(
  trx: Transaction,
  eventId: EventId,
  map: { layout: SeatLayout; seatCount: number; etag: string },
): Promise<number> {
  return trx.run(upsertLayoutSql, [eventId, JSON.stringify(map.layout), map.seatCount, map.etag]);
}
