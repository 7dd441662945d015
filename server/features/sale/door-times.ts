/**
 * Reads the table of catalog, as everything in sale does: an event's dates are terms of its sale.
 */
import type { DoorTimes } from '../../../contract/door-warning.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';

const keptMs = 60_000;

const selectDoorTimes = `
  select coalesce(doors_at, starts_at) as "opensAt", ends_at as "endsAt" from events where id = $1`;

/**
 * Returns when an event takes place; null if there is no such event. Without a promise if the answer is cached: it is needed
 * for each scan.
 */
export function readDoorTimes(app: App, eventId: EventId): DoorTimes | Promise<DoorTimes | null> {
  const known = app.caches.doorTimes.get(eventId);
  if (known && known.untilMs > app.clock.monotonicMs()) return known.times;
  return loadDoorTimes(app, eventId);
}

async function loadDoorTimes(app: App, eventId: EventId): Promise<DoorTimes | null> {
  const [times] = await app.db.query<DoorTimes>(selectDoorTimes, [eventId]);
  if (times) app.caches.doorTimes.put(eventId, { times, untilMs: app.clock.monotonicMs() + keptMs });
  return times ?? null;
}
