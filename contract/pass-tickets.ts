/* Which ticket of a date belongs to a ticket of a pass. Gates without a network know it too, so it imports no schema. */
import { bytesOfId, idByteLength, idOfBytes } from './id-bytes.ts';
import type { EventId, TicketId } from './ids.ts';

/** The first bytes of an id are its time, in milliseconds. */
const timeLength = 6;

/**
 * The id of the ticket that a pass brings for a date. It follows from the ticket of the pass, its issue and the date: so a pass has one
 * ticket for each date however often it is given out, and whoever reads the code of a pass finds this ticket without a list. A pass
 * that was passed on has another issue, so its new holder gets other tickets.
 */
export function ticketOfPass(passTicketId: TicketId, issue: number, eventId: EventId): TicketId {
  const id = bytesOfId(passTicketId);
  const date = bytesOfId(eventId);
  for (let at = timeLength; at < idByteLength; at++) id[at] = (id[at] as number) ^ (date[at] as number);
  let more = issue - 1;
  for (let at = timeLength - 1; at >= 0 && more > 0; at--) {
    const sum = (id[at] as number) + (more % 256);
    id[at] = sum % 256;
    more = Math.floor(more / 256) + Math.floor(sum / 256);
  }
  return idOfBytes('ticket', id);
}
