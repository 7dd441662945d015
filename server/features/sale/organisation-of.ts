import type { EventId, OrganisationId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { selectOrganisationId } from './store.ts';

/**
 * Returns an event's organisation; null if there is no such event. An event never changes its organisation, so the
 * answer is cached.
 */
export async function organisationOf(
  { db, caches: { organisations } }: Pick<App, 'db' | 'caches'>,
  eventId: EventId,
): Promise<OrganisationId | null> {
  const known = organisations.get(eventId);
  if (known) return known;
  const organisationId = await selectOrganisationId(db, eventId);
  if (organisationId) organisations.put(eventId, organisationId);
  return organisationId;
}
