import { Refused } from '../../../contract/errors.ts';
import type { OrganisationId, UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import { withdrawInvitationsBy, withdrawInvitationTo } from './invitation-store.ts';
import { deleteMember, findMember, lockOwners } from './store.ts';

/**
 * Takes a person off the team, unless they are its only owner. Their open invitations end too, both sent and
 * received, so that none brings anybody back in.
 */
export async function removeMember(
  app: App,
  call: ActingCall & { params: { organisationId: OrganisationId; userId: UserId } },
) {
  const { organisationId, userId } = call.params;
  await app.db.transaction(async (trx) => {
    const owners = await lockOwners(trx, organisationId);
    if (owners.length === 1 && owners[0] === userId) {
      throw new Refused('forbidden', {
        detail: 'This is the only owner. Make somebody else an owner first.',
      });
    }
    const present = await findMember(trx, organisationId, userId);
    if (!present) throw new Refused('not_found');
    noteAct(app, trx, call, {
      act: 'member.removed',
      organisationId,
      subject: { type: 'member', id: userId },
      before: { ...present },
      after: null,
    });
    await deleteMember(trx, organisationId, userId);
    const now = app.clock.now();
    await withdrawInvitationsBy(trx, organisationId, userId, now);
    await withdrawInvitationTo(trx, organisationId, userId, now);
  });
  await app.accounts.catchUp();
  return undefined;
}
