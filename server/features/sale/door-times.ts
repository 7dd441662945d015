/**
 * Reads the table of catalog, as everything in sale does: an event's dates are terms of its sale.
 */
import type { DoorTimes } from '../../../contract/door-warning.ts';
import type { TicketCodes } from '../../../contract/event-fields.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';

const keptMs = 60_000;

const selectDoorTimes = `
  select coalesce(doors_at, starts_at) as "opensAt", ends_at as "endsAt", ticket_codes as "ticketCodes" from events where id = $1`;

/** What the door must know of an event before it looks at a ticket. */
export type DoorTerms = DoorTimes & { ticketCodes: TicketCodes };

/**
 * Returns when an event takes place and how its tickets are shown; null if there is no such event. Without a promise if the answer is cached: it is needed
 * for each scan.
 */
export function readDoorTimes(app: App, eventId: EventId): DoorTerms | Promise<DoorTerms | null> {
  const known = app.caches.doorTimes.get(eventId);
  if (known && known.untilMs > app.clock.monotonicMs()) return known.times;
  return loadDoorTimes(app, eventId);
}

async function loadDoorTimes(app: App, eventId: EventId): Promise<DoorTerms | null> {
  const [times] = await app.db.query<DoorTerms>(selectDoorTimes, [eventId]);
  if (times) app.caches.doorTimes.put(eventId, { times, untilMs: app.clock.monotonicMs() + keptMs });
  return times ?? null;
}
