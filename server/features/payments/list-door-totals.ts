import type { EventId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { type DoorTotalRow, selectDoorTotals } from './door-store.ts';

/** Lists what each member of the team took at the door of an event and gave back, by day of `timeZone`, the latest first. */
export const listDoorTotals = (db: Queryable, eventId: EventId, timeZone: string): Promise<DoorTotalRow[]> =>
  selectDoorTotals(db, eventId, timeZone);
