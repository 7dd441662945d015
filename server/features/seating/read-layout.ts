import type { EventId, SeatMapId } from '../../../contract/ids.ts';
import type { SeatLayout } from '../../../contract/layout.ts';
import type { Queryable } from '../../data/db.ts';
import { keyOfIndex } from './number-seats.ts';
import { planSeats, type SeatPlan } from './seat-plan.ts';
import { selectSeatMapInForce } from './store.ts';

/** The seat layout of an event, for other features; null for an event without numbered seats. */
export const readLayout = async (db: Queryable, eventId: EventId): Promise<SeatLayout | null> =>
  (await selectSeatMapInForce(db, eventId))?.layout ?? null;

/**
 * The seat map of an event in force, with a key for each seat; null for an event without numbered seats. A drawing that is made of
 * it keeps every seat (number-seats.ts).
 */
export async function readKeyedMap(
  db: Queryable,
  eventId: EventId,
): Promise<{ id: SeatMapId; layout: SeatLayout; indexes: number[] } | null> {
  const map = await selectSeatMapInForce(db, eventId);
  if (!map) return null;
  const indexes: number[] = [];
  const sections = map.layout.sections.map((section) => ({
    ...section,
    rows: section.rows.map((row) => {
      const own = row.labels.map((_, i) => map.indexes?.[indexes.length + i] ?? indexes.length + i);
      indexes.push(...own);
      return row.keys ? row : { ...row, keys: own.map((index) => keyOfIndex(eventId, index)) };
    }),
  }));
  return { id: map.id, layout: { ...map.layout, sections }, indexes };
}

/** The same as a seat plan, the form that the ledger uses. */
export async function readSeatPlan(db: Queryable, eventId: EventId): Promise<SeatPlan | null> {
  const map = await selectSeatMapInForce(db, eventId);
  return map && planSeats(map);
}
