import type { EventId } from '../../../contract/ids.ts';
import type { SeatLayout } from '../../../contract/layout.ts';
import type { Queryable } from '../../data/db.ts';

export interface SeatMapRow {
  event_id: EventId;
  status: 'draft' | 'published' | 'cancelled';
  etag: string;
}

const byIdSql = `
  select events.id as event_id, status, etag from events join seat_maps on seat_maps.event_id = events.id
  where events.id = $1`;
const bySlugSql = `
  select events.id as event_id, status, etag from events join seat_maps on seat_maps.event_id = events.id
  where events.slug = $1`;

/** Which layout an event has, without the layout; null where it has none, or where there is no such event. */
export async function selectSeatMap(db: Queryable, ref: string): Promise<SeatMapRow | null> {
  const [row] = await db.query<SeatMapRow>(ref.startsWith('evt_') ? byIdSql : bySlugSql, [ref]);
  return row ?? null;
}

const layoutSql = `select layout from seat_maps where event_id = $1 and etag = $2`;

/** The layout that has this etag; null where the event has got another one meanwhile. */
export async function selectSeatLayout(
  db: Queryable,
  eventId: EventId,
  etag: string,
): Promise<SeatLayout | null> {
  const [row] = await db.query<{ layout: SeatLayout }>(layoutSql, [eventId, etag]);
  return row?.layout ?? null;
}
