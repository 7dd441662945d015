import { Refused } from '../../../contract/errors.ts';
import type { EventId, OrganisationId } from '../../../contract/ids.ts';
import type { Membership, TeamRole } from '../../../contract/team-roles.ts';
import type { Transaction } from '../../data/db.ts';
import { listOwnEvents } from './store.ts';

/** What an owner chooses for a person. Without `events` the role counts for all events. */
export interface ChosenMembership {
  role: TeamRole;
  events?: EventId[] | null | undefined;
}

export const membershipOf = ({ role, events = null }: ChosenMembership): Membership => ({
  role,
  events: events && [...new Set(events)].sort(),
});

/** Refuses a membership that names an event of another organisation, or one that does not exist. */
export async function requireOwnEvents(
  trx: Transaction,
  organisationId: OrganisationId,
  { events }: Membership,
): Promise<void> {
  if (events === null) return;
  const own = new Set(await listOwnEvents(trx, organisationId, events));
  const foreign = events.filter((id) => !own.has(id));
  if (foreign.length === 0) return;
  throw new Refused('unknown_event', {
    detail: `This organisation has no event ${foreign.slice(0, 5).join(', ')}.`,
    events: foreign,
  });
}
