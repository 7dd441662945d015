import type { EventId, TicketTypeId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { selectUsedTicketTypes } from './store.ts';

/** The ticket types of which a place is held at `now`, or was ever sold: an organiser can't remove them. */
export const readUsedTicketTypes = (db: Queryable, eventId: EventId, now: Date): Promise<Set<TicketTypeId>> =>
  selectUsedTicketTypes(db, eventId, now);
