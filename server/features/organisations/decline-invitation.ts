import type { InvitationId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type ActingCall, maskAddress, noteAct } from '../../data/audit-trail.ts';
import { requirePending } from './invitation.ts';
import { endInvitation } from './invitation-store.ts';
import { lockInvitation } from './lock-invitation.ts';

/** Declines an invitation. Anybody with the mail may, without an account. Idempotent. */
export async function declineInvitation(
  app: App,
  call: ActingCall & { params: { invitationId: InvitationId }; body: { secret: string } },
) {
  const now = app.clock.now();
  await app.db.transaction(async (trx) => {
    const invitation = await lockInvitation(trx, call);
    if (invitation.ended_as === 'declined') return;
    requirePending(invitation, now);
    await endInvitation(trx, invitation.id, 'declined', now);
    noteAct(app, trx, call, {
      act: 'invitation.declined',
      organisationId: invitation.organisation_id,
      subject: { type: 'invitation', id: invitation.id },
      before: { address: maskAddress(invitation.email), role: invitation.role },
      after: null,
    });
  });
  return undefined;
}
