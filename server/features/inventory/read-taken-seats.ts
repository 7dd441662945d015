import type { EventId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { selectTakenSeats } from './store.ts';

interface TakenSeat {
  index: number;
  status: 'held' | 'sold' | 'blocked';
}

/** The seats of an event that are not free. A seat whose hold has expired by now is free. */
export const readTakenSeats = (db: Queryable, eventId: EventId, now: Date): Promise<TakenSeat[]> =>
  selectTakenSeats(db, eventId, now);
