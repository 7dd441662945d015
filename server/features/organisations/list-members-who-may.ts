import type { EventId, OrganisationId } from '../../../contract/ids.ts';
import { type Capability, mayIn } from '../../../contract/team-roles.ts';
import type { Queryable } from '../../data/db.ts';
import { selectTeamAddresses, type TeamAddress } from './store.ts';

/** Lists the members of a team with a capability in an event, or in the organisation as a whole, with the addresses and languages in which they get mails. */
export const listMembersWhoMay = async (
  db: Queryable,
  capability: Capability,
  organisationId: OrganisationId,
  eventId?: EventId,
): Promise<TeamAddress[]> =>
  (await selectTeamAddresses(db, organisationId)).filter((member) => mayIn(member, capability, eventId));
