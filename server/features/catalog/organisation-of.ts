import type { EventId, OrganisationId } from '../../../contract/ids.ts';
import type { Db } from '../../db.ts';
import { selectOrganisationId } from './store.ts';

/** Events remembered by one process; the one asked for first goes first. */
const maxRemembered = 10_000;

/** Per database, so that two servers in one process (as in tests) don't share what they remember. */
const memories = new WeakMap<Db, Map<EventId, OrganisationId>>();

/** The organisation an event belongs to, for ever, so it is asked for once; null where there is no such event. */
export async function organisationOf(db: Db, eventId: EventId): Promise<OrganisationId | null> {
  const memory = memories.get(db) ?? new Map<EventId, OrganisationId>();
  memories.set(db, memory);
  const known = memory.get(eventId);
  if (known) return known;
  const organisationId = await selectOrganisationId(db, eventId);
  if (organisationId) memory.set(eventId, organisationId);
  const oldest = memory.keys().next();
  if (memory.size > maxRemembered && !oldest.done) memory.delete(oldest.value);
  return organisationId;
}
