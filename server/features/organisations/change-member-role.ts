import { Refused } from '../../../contract/errors.ts';
import type { OrganisationId, UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import { withdrawInvitationsBy } from './invitation-store.ts';
import { type ChosenMembership, membershipOf, requireOwnEvents } from './own-events.ts';
import { findMember, listTeam, lockOwners, writeMember } from './store.ts';

/**
 * Changes a team member's role, and the events that the role counts for, at once. Nobody becomes an owner this way, but only by accepting an invitation
 * (invite.ts): an owner is responsible for the organisation, and the last one can't delete their account. The only
 * owner stays an owner. Idempotent.
 */
export async function changeMemberRole(
  app: App,
  call: ActingCall & { params: { organisationId: OrganisationId; userId: UserId }; body: ChosenMembership },
) {
  const { organisationId, userId } = call.params;
  const chosen = membershipOf(call.body);
  const { role } = chosen;
  await app.db.transaction(async (trx) => {
    const owners = await lockOwners(trx, organisationId);
    const present = await findMember(trx, organisationId, userId);
    if (!present) throw new Refused('not_found');
    if (role === 'owner' && present.role !== 'owner') throw new Refused('owner_must_accept');
    if (role !== 'owner' && owners.length === 1 && owners[0] === userId) {
      throw new Refused('forbidden', {
        detail: 'This is the only owner. Make somebody else an owner first.',
      });
    }
    await requireOwnEvents(trx, organisationId, chosen);
    noteAct(app, trx, call, {
      act: 'member.role_changed',
      organisationId,
      subject: { type: 'member', id: userId },
      before: { ...present },
      after: { ...chosen },
    });
    const now = app.clock.now();
    await writeMember(trx, organisationId, { userId, ...chosen }, now);
    if (role !== 'owner') await withdrawInvitationsBy(trx, organisationId, userId, now);
  });
  await app.accounts.catchUp();
  const member = (await listTeam(app.db, organisationId)).find((each) => each.userId === userId);
  if (!member) throw new Refused('not_found');
  return member;
}
