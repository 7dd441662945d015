import type { EventId, TicketId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { type ListedAdmission, selectAdmissions } from './admissions-store.ts';

/** Lists the admissions of these tickets of an event, in the order of the tickets. */
export const listAdmissions = (
  db: Queryable,
  eventId: EventId,
  ticketIds: TicketId[],
): Promise<ListedAdmission[]> => selectAdmissions(db, eventId, ticketIds);
