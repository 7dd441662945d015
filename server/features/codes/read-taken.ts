import type { EventId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { selectTaken } from './store.ts';

/** Which of these codes are vouchers of the event, for other features. */
export const readTaken = (db: Queryable, eventId: EventId, codes: string[]): Promise<Set<string>> =>
  selectTaken(db, eventId, codes);
