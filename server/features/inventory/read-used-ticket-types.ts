import type { EventId, TicketTypeId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { selectUsedTicketTypes } from './store.ts';

/** Reads the ticket types with a place that is held at `now` or was ever sold. An organiser can't remove these. */
export const readUsedTicketTypes = (db: Queryable, eventId: EventId, now: Date): Promise<Set<TicketTypeId>> =>
  selectUsedTicketTypes(db, eventId, now);
