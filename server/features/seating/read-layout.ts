import type { EventId } from '../../../contract/ids.ts';
import type { SeatLayout } from '../../../contract/layout.ts';
import type { Queryable } from '../../data/db.ts';
import { planSeats, type SeatPlan } from './seat-plan.ts';
import { selectSeatMapInForce } from './store.ts';

/** The seat layout of an event, for other features; null for an event without numbered seats. */
export const readLayout = async (db: Queryable, eventId: EventId): Promise<SeatLayout | null> =>
  (await selectSeatMapInForce(db, eventId))?.layout ?? null;

/** The same as a seat plan, the form that the ledger uses. */
export async function readSeatPlan(db: Queryable, eventId: EventId): Promise<SeatPlan | null> {
  const map = await selectSeatMapInForce(db, eventId);
  return map && planSeats(map);
}
