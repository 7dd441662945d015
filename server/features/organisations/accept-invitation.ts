import { Refused } from '../../../contract/errors.ts';
import type { InvitationId } from '../../../contract/ids.ts';
import { includesMembership, type Membership } from '../../../contract/team-roles.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Transaction } from '../../data/db.ts';
import type { Caller } from '../accounts/accounts.ts';
import { lockAccount } from '../accounts/lock-account.ts';
import { type InvitationRow, requirePending, showInvitation } from './invitation.ts';
import { endInvitation, findInvitation } from './invitation-store.ts';
import { lockInvitation } from './lock-invitation.ts';
import { findMember, writeMember } from './store.ts';

/**
 * Puts the caller on the team. The caller needs the mail's secret and a verified account with the invited address. So
 * a forwarded mail lets nobody else in, and neither does an account alone. Accepting never takes a right away. A second
 * click of the same person gets the same answer.
 */
export async function acceptInvitation(
  app: App,
  call: ActingCall & { caller: Caller; params: { invitationId: InvitationId }; body: { secret: string } },
) {
  const now = app.clock.now();
  const accepted = await app.db.transaction(async (trx) => {
    const invitation = await lockInvitation(trx, call);
    if (await isDoneBy(trx, invitation, call.caller)) return invitation;
    requirePending(invitation, now);
    await requireAddressee(trx, invitation, call.caller);
    const { organisation_id: organisationId, role, events } = invitation;
    const { userId } = call.caller;
    const present = await findMember(trx, organisationId, userId);
    const offered: Membership = { role, events };
    // Somebody who has joined another way meanwhile loses nothing by accepting.
    const joined = present && !includesMembership(offered, present) ? present : offered;
    await writeMember(trx, organisationId, { userId, ...joined }, now);
    await endInvitation(trx, invitation.id, 'accepted', now, userId);
    noteAct(app, trx, call, {
      act: 'member.joined',
      organisationId,
      subject: { type: 'member', id: userId },
      before: { role: null, ...present, invitation: null },
      after: { ...joined, invitation: invitation.id },
    });
    return (await findInvitation(trx, invitation.id)) as InvitationRow;
  });
  await app.accounts.catchUp();
  return showInvitation(accepted, now);
}

/** True if the caller has accepted before and is still on the team. */
const isDoneBy = async (trx: Transaction, invitation: InvitationRow, { userId }: Caller): Promise<boolean> =>
  invitation.accepted_by === userId && (await findMember(trx, invitation.organisation_id, userId)) !== null;

/** Locks the account, after the organisation as always, because it may be deleted or suspended at this moment. */
async function requireAddressee(trx: Transaction, invitation: InvitationRow, caller: Caller): Promise<void> {
  if (caller.isGuest) throw new Refused('forbidden', { detail: 'Open an account first.' });
  const account = await lockAccount(trx, caller.userId);
  if (!account) throw new Refused('unauthenticated');
  if (account.email.toLowerCase() !== invitation.email) {
    throw new Refused('invitation_other_address', {
      detail: `This invitation was sent to ${invitation.email}. Sign in with that address, or ask to be invited as ${account.email}.`,
    });
  }
  if (!account.emailVerified) throw new Refused('email_not_verified');
}
