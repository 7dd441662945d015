import type { EventId, OrganisationId } from '../../../contract/ids.ts';
import type { Db } from '../../data/db.ts';
import { rememberPerDb } from '../../remember.ts';
import { selectOrganisationId } from './store.ts';

const organisations = rememberPerDb<EventId, OrganisationId>(10_000);

/** The organisation an event belongs to, for ever, so it is asked for once; null where there is no such event. */
export async function organisationOf(db: Db, eventId: EventId): Promise<OrganisationId | null> {
  const known = organisations.get(db, eventId);
  if (known) return known;
  const organisationId = await selectOrganisationId(db, eventId);
  if (organisationId) organisations.put(db, eventId, organisationId);
  return organisationId;
}
