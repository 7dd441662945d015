import type { EventId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { selectMoves } from './move-store.ts';
import type { EventMove } from './moves.ts';

/** Lists the moves of an event, the oldest first, for other features. */
export const listMoves = (db: Queryable, eventId: EventId): Promise<EventMove[]> => selectMoves(db, eventId);
