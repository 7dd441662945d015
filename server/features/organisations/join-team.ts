import type { EventId, OrganisationId, UserId } from '../../../contract/ids.ts';
import type { TeamRole } from '../../../contract/team-roles.ts';
import type { App } from '../../app.ts';
import { writeMember } from './store.ts';

/**
 * Puts a person on a team without asking them, for the demo and for tests. No operation calls it: real people join
 * through accept-invitation.ts.
 */
export async function joinTeam(
  app: Pick<App, 'db' | 'clock' | 'accounts'>,
  member: {
    organisationId: OrganisationId;
    userId: UserId;
    role: TeamRole;
    events?: EventId[] | null;
  },
): Promise<void> {
  await app.db.transaction((trx) =>
    writeMember(trx, member.organisationId, { events: null, ...member }, app.clock.now()),
  );
  await app.accounts.catchUp();
}
