import type { EventId, SeatMapId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { selectSeatMapIdInForce } from './store.ts';

/** The current version of an event's seat map; null if the event has no numbered seats. */
export const findSeatMapId = (db: Queryable, eventId: EventId): Promise<SeatMapId | null> =>
  selectSeatMapIdInForce(db, eventId);
