import type { EventId, OrganisationId } from '../../../contract/ids.ts';
import type { Queryable } from '../../db.ts';
import { selectOrganisationId } from './store.ts';

/** The organisation an event belongs to, for ever; null where there is no such event. */
export const organisationOf = (db: Queryable, eventId: EventId): Promise<OrganisationId | null> =>
  selectOrganisationId(db, eventId);
