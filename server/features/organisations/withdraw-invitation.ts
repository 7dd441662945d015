import { Refused } from '../../../contract/errors.ts';
import type { InvitationId, OrganisationId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type ActingCall, maskAddress, noteAct } from '../../data/audit-trail.ts';
import { endInvitation, findInvitation } from './invitation-store.ts';
import { lockOwners } from './store.ts';

/** Ends an invitation. None of its links works after the answer. Idempotent. */
export async function withdrawInvitation(
  app: App,
  call: ActingCall & { params: { organisationId: OrganisationId; invitationId: InvitationId } },
) {
  const { organisationId, invitationId } = call.params;
  await app.db.transaction(async (trx) => {
    await lockOwners(trx, organisationId);
    const row = await findInvitation(trx, invitationId);
    if (row?.organisation_id !== organisationId) throw new Refused('not_found');
    if (row.ended_as === 'accepted') throw new Refused('invitation_used');
    if ((await endInvitation(trx, row.id, 'withdrawn', app.clock.now())) === 0) return;
    noteAct(app, trx, call, {
      act: 'invitation.withdrawn',
      organisationId,
      subject: { type: 'invitation', id: row.id },
      before: { address: maskAddress(row.email), role: row.role },
      after: null,
    });
  });
  return undefined;
}
