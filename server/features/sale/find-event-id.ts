import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { isEventRef } from './event-ref.ts';
import { selectEventOfSlug } from './store.ts';

const isId = (ref: string): ref is EventId => /^evt_[0-9A-Z]{26}$/.test(ref);

/** Finds the event that an id or a slug names; null for an unknown slug. */
export async function findEventId(
  { db, caches: { eventIds } }: Pick<App, 'db' | 'caches'>,
  ref: string,
): Promise<EventId | null> {
  if (isId(ref)) return ref;
  const known = eventIds.get(ref);
  if (known) return known;
  const row = isEventRef(ref) ? await selectEventOfSlug(db, ref) : null;
  // After publishing, the slug never changes, so it can be cached. Before, it follows the title.
  if (row?.was_published) eventIds.put(ref, row.id);
  return row?.id ?? null;
}
