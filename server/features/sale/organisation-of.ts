import type { EventId, OrganisationId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { selectOrganisationId } from './store.ts';

/** The organisation an event belongs to, for ever, so it is asked for once; null where there is no such event. */
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
