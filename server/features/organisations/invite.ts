import { Refused } from '../../../contract/errors.ts';
import type { OrganisationId } from '../../../contract/ids.ts';
import { languageOf } from '../../../contract/languages.ts';
import type { TeamRole } from '../../../contract/team-roles.ts';
import type { App } from '../../app.ts';
import { maskAddress, noteAct } from '../../data/audit-trail.ts';
import type { Transaction } from '../../data/db.ts';
import { once, type Retry } from '../../http/idempotency.ts';
import type { Caller } from '../accounts/accounts.ts';
import { declinedMs, type InvitationRow, invitationMs, showListed, stateOf } from './invitation.ts';
import { makeSecret } from './invitation-secret.ts';
import {
  endInvitation,
  findDeclined,
  findInvitation,
  findMembershipOfAddress,
  findOpenInvitation,
  insertInvitation,
} from './invitation-store.ts';
import { mailInvitation, spendMail } from './mail-invitation.ts';
import { type ChosenMembership, membershipOf, requireOwnEvents } from './own-events.ts';
import { requireOwner } from './require-owner.ts';

/**
 * Invites an address to the team by mail. It does not check whether the address has an account, so the answer can't
 * reveal it. The owners know who is on their own team. A member can be invited only to become an owner.
 */
export function invite(
  app: App,
  call: {
    caller: Caller;
    params: { organisationId: OrganisationId };
    body: { email: string } & ChosenMembership;
    retry: Retry | null;
    operation: string;
    header(name: string): string | undefined;
    requestId?: string;
    ip?: string;
  },
) {
  const { caller } = call;
  const { organisationId } = call.params;
  const chosen = membershipOf(call.body);
  const { role } = chosen;
  const email = call.body.email.toLowerCase();
  return once(app, call, async (trx) => {
    const now = app.clock.now();
    await requireOwner(trx, organisationId, caller.userId);
    await requireInvitable(trx, { organisationId, email, role }, now);
    await requireOwnEvents(trx, organisationId, chosen);
    await spendMail(trx, app, { organisationId, email, caller });
    const id = app.newId('invitation');
    const { secret, secretHash } = makeSecret();
    const expiresAt = new Date(now.getTime() + invitationMs);
    const invitedBy = caller.userId;
    const to = { organisationId, email, ...chosen };
    await insertInvitation(trx, { id, ...to, invitedBy, secretHash, expiresAt }, now);
    const written = (await findInvitation(trx, id)) as InvitationRow;
    await mailInvitation(trx, app, {
      id,
      email,
      role,
      events: written.event_titles,
      organisation: written.organisation_name,
      inviter: written.inviter_name,
      secret,
      language: languageOf(call.header('accept-language')),
    });
    noteAct(app, trx, call, {
      act: 'invitation.sent',
      organisationId,
      subject: { type: 'invitation', id },
      before: null,
      after: { address: maskAddress(email), ...chosen },
    });
    return showListed(written, now);
  });
}

/** Ends an invitation that nobody can accept any more, so that a new one can replace it. */
async function requireInvitable(
  trx: Transaction,
  { organisationId, email, role }: { organisationId: OrganisationId; email: string; role: TeamRole },
  now: Date,
): Promise<void> {
  const present = await findMembershipOfAddress(trx, organisationId, email);
  if (present && (present.role === 'owner' || role !== 'owner')) throw new Refused('already_member');
  const open = await findOpenInvitation(trx, organisationId, email);
  if (open) {
    const state = stateOf(open, now);
    if (state === 'pending') throw new Refused('already_invited');
    await endInvitation(trx, open.id, state === 'expired' ? 'expired' : 'withdrawn', now);
  }
  const declinedAt = await findDeclined(trx, organisationId, email);
  const untilMs = (declinedAt?.getTime() ?? 0) + declinedMs;
  if (untilMs <= now.getTime()) return;
  const days = Math.ceil((untilMs - now.getTime()) / 86_400_000);
  throw new Refused('invitation_declined', {
    detail: `This person declined an invitation of this organisation. It can invite them again in ${days} ${days === 1 ? 'day' : 'days'}.`,
  });
}
