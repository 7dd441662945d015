import { Refused } from '../../../contract/errors.ts';
import type { InvitationId, OrganisationId } from '../../../contract/ids.ts';
import { languageOf } from '../../../contract/languages.ts';
import type { App } from '../../app.ts';
import { maskAddress, noteAct } from '../../data/audit-trail.ts';
import { once, type Retry } from '../../http/idempotency.ts';
import type { Caller } from '../accounts/accounts.ts';
import { type InvitationRow, invitationMs, requirePending, showListed, stateOf } from './invitation.ts';
import { makeSecret } from './invitation-secret.ts';
import { findInvitation, findOpenInvitation, renewInvitation } from './invitation-store.ts';
import { mailInvitation, spendMail } from './mail-invitation.ts';
import { requireOwner } from './require-owner.ts';

/**
 * Sends an invitation's mail again with a new secret. The links of earlier mails still work. The week begins anew,
 * even if it was over, and the caller becomes the invitation's sender. So an owner can take over an invitation whose
 * sender is no longer an owner.
 */
export function sendInvitationAgain(
  app: App,
  call: {
    caller: Caller;
    params: { organisationId: OrganisationId; invitationId: InvitationId };
    retry: Retry | null;
    operation: string;
    header(name: string): string | undefined;
    requestId?: string;
    ip?: string;
  },
) {
  const { caller } = call;
  const { organisationId, invitationId } = call.params;
  return once(app, call, async (trx) => {
    const now = app.clock.now();
    await requireOwner(trx, organisationId, caller.userId);
    const row = await findInvitation(trx, invitationId);
    if (row?.organisation_id !== organisationId) throw new Refused('not_found');
    const { email, role } = row;
    if (row.ended_as && stateOf(row, now) !== 'expired') requirePending(row, now);
    const open = await findOpenInvitation(trx, organisationId, email);
    if (open && open.id !== row.id) throw new Refused('already_invited');
    await spendMail(trx, app, { organisationId, email, caller });
    const { secret, secretHash } = makeSecret();
    const expiresAt = new Date(now.getTime() + invitationMs);
    await renewInvitation(trx, row.id, { secretHash, invitedBy: caller.userId, expiresAt }, now);
    const renewed = (await findInvitation(trx, row.id)) as InvitationRow;
    await mailInvitation(trx, app, {
      id: row.id,
      email,
      role,
      events: renewed.event_titles,
      organisation: renewed.organisation_name,
      inviter: renewed.inviter_name,
      secret,
      language: languageOf(call.header('accept-language')),
    });
    noteAct(app, trx, call, {
      act: 'invitation.sent_again',
      organisationId,
      subject: { type: 'invitation', id: row.id },
      before: null,
      after: { address: maskAddress(email), role, events: row.events, expiresAt },
    });
    return showListed(renewed, now);
  });
}
