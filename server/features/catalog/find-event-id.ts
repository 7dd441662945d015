import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { isEventRef } from './event-ref.ts';
import { selectEvent } from './store.ts';

/** The id of the event that an id or a slug names; null for a slug that names none. */
export async function findEventId(app: Pick<App, 'db'>, ref: string): Promise<EventId | null> {
  if (!isEventRef(ref)) return null;
  if (/^evt_[0-9A-Z]{26}$/.test(ref)) return ref as EventId;
  const row = await selectEvent(app.db, ref);
  return row?.id ?? null;
}
