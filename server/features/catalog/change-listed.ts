import type { ManagedEvent } from '../../../contract/events.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { invalidate } from '../../caches.ts';

/**
 * Runs a change of an event, then drops the entries of this process's caches that the change made stale, so that it
 * reads its own writes. The database notifies the other processes.
 */
export async function changeListed(
  app: App,
  eventId: EventId,
  change: () => Promise<ManagedEvent>,
): Promise<ManagedEvent> {
  const changed = await change();
  invalidate(app.caches, { kind: 'event_listed', eventId });
  return changed;
}
