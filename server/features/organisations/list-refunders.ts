import type { EventId, OrganisationId } from '../../../contract/ids.ts';
import { mayIn } from '../../../contract/team-roles.ts';
import type { Queryable } from '../../data/db.ts';
import { selectTeamAddresses, type TeamAddress } from './store.ts';

/** Lists the members of a team who may refund orders of an event, with the addresses and languages in which they get mails. */
export const listRefunders = async (
  db: Queryable,
  organisationId: OrganisationId,
  eventId: EventId,
): Promise<TeamAddress[]> =>
  (await selectTeamAddresses(db, organisationId)).filter((member) => mayIn(member, 'orders.refund', eventId));
