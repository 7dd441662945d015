/**
 * Reads the table of catalog, as everything in sale does: an event's dates are terms of its sale.
 */
import type { DoorTimes } from '../../../contract/door-warning.ts';
import type { TicketCodes } from '../../../contract/event-fields.ts';
import type { EventId, SeatMapId, TicketTypeId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type PlaceKinds, readPlaceKinds } from '../seating/place-kinds.ts';

const keptMs = 60_000;

// Reads the table of seating: what is special about a seat is in its map.
const selectDoorTimes = `
  select coalesce(doors_at, starts_at) as "opensAt", ends_at as "endsAt", ticket_codes as "ticketCodes",
    (select id from seat_maps where event_id = $1 and replaced_at is null) as "seatMapId",
    (select coalesce(jsonb_agg(asked->>'key'), '[]') from
      (select form from event_forms where event_id = $1 order by version desc limit 1) latest,
      jsonb_array_elements(form->'questions') asked where (asked->>'atDoor')::boolean) as "doorQuestions",
    (select coalesce(jsonb_object_agg(id, door_note), '{}') from ticket_types where event_id = $1 and door_note <> '') as notes
  from events where id = $1`;

/** What the door must know of an event before it looks at a ticket. */
export type DoorTerms = DoorTimes & {
  ticketCodes: TicketCodes;
  /** The notes that a gate shows, of the ticket types that have one. */
  notes: Partial<Record<TicketTypeId, string>>;
  placeKinds: PlaceKinds;
  /** The keys of the questions whose answers a gate shows. */
  doorQuestions: string[];
};

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
  const untilMs = app.clock.monotonicMs() + keptMs;
  const [row] = await app.db.query<Omit<DoorTerms, 'placeKinds'> & { seatMapId: SeatMapId | null }>(
    selectDoorTimes,
    [eventId],
  );
  if (!row) return null;
  const { seatMapId, ...terms } = row;
  const times = { ...terms, placeKinds: await readPlaceKinds(app, eventId, seatMapId) };
  app.caches.doorTimes.put(eventId, { times, untilMs });
  return times;
}
