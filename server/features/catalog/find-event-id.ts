import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Db } from '../../db.ts';
import { isEventRef } from './event-ref.ts';
import { selectEvent } from './store.ts';

/** Addresses remembered by one process; the one asked for first goes first. */
const maxRemembered = 10_000;

/** Per database, so that two servers in one process (as in tests) don't share what they remember. */
const memories = new WeakMap<Db, Map<string, EventId>>();

const isId = (ref: string): ref is EventId => /^evt_[0-9A-Z]{26}$/.test(ref);

/** The id of the event that an id or a slug names; null for a slug that names none. */
export async function findEventId(app: Pick<App, 'db'>, ref: string): Promise<EventId | null> {
  if (isId(ref)) return ref;
  const memory = memories.get(app.db) ?? new Map<string, EventId>();
  memories.set(app.db, memory);
  const known = memory.get(ref);
  if (known) return known;
  const row = isEventRef(ref) ? await selectEvent(app.db, ref) : null;
  // Once an event was published its slug stays; until then it follows the title.
  if (row && row.published_at !== null) memory.set(ref, row.id);
  const oldest = memory.keys().next();
  if (memory.size > maxRemembered && !oldest.done) memory.delete(oldest.value);
  return row?.id ?? null;
}
