import type { EventId } from '../../../contract/ids.ts';
import type { SeatLayout } from '../../../contract/layout.ts';
import type { Queryable } from '../../data/db.ts';
import { planSeats, type SeatPlan } from './seat-plan.ts';
import { selectLayout } from './store.ts';

/** The seat layout of an event, for other features; null for an event without numbered seats. */
export const readLayout = (db: Queryable, eventId: EventId): Promise<SeatLayout | null> =>
  selectLayout(db, eventId);

/** The same as what the ledger knows of a room. */
export async function readSeatPlan(db: Queryable, eventId: EventId): Promise<SeatPlan | null> {
  const layout = await selectLayout(db, eventId);
  return layout && planSeats(layout);
}
