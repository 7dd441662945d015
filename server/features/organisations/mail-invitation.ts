import type { InvitationId, OrganisationId } from '../../../contract/ids.ts';
import type { Language } from '../../../contract/languages.ts';
import type { TeamRole } from '../../../contract/team-roles.ts';
import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';
import { sealLink } from '../../seal.ts';
import { enqueueJobs } from '../../work/jobs.ts';
import type { Caller } from '../accounts/accounts.ts';
import { languageOfAddress } from '../accounts/language-of-address.ts';
import { invitationMs, mailWindowMs, requireBudget } from './invitation.ts';
import { countMails, noteMail } from './invitation-store.ts';

/** Refuses a mail beyond the limits, or else records it, so that it counts against the next one. */
export async function spendMail(
  trx: Transaction,
  app: App,
  mail: { organisationId: OrganisationId; email: string; caller: Caller },
): Promise<void> {
  const now = app.clock.now();
  const counted = { organisationId: mail.organisationId, email: mail.email, sentBy: mail.caller.userId };
  const counts = await countMails(trx, counted, new Date(now.getTime() - mailWindowMs));
  requireBudget(counts, app.config.rateLimitFactor, now);
  await noteMail(trx, counted, now);
}

/**
 * Enqueues the mail in the transaction, in the language of the invited account, or else in that of the request. The link's secret is in the fragment, which browsers do not send, so it
 * reaches no log and no Referer header.
 */
export async function mailInvitation(
  trx: Transaction,
  app: App,
  invitation: {
    id: InvitationId;
    email: string;
    role: TeamRole;
    events: string[] | null;
    organisation: string;
    inviter: string;
    secret: string;
    language: Language;
  },
): Promise<void> {
  const { id, email, role, events, organisation, inviter, secret, language } = invitation;
  const url = `${app.config.publicUrl}/invitations/${id}#${secret}`;
  const days = invitationMs / 86_400_000;
  const payload = sealLink(app.seal, {
    kind: 'team-invitation',
    to: email,
    name: '',
    url,
    language: (await languageOfAddress(trx, email)) ?? language,
    organisation,
    inviter,
    role,
    events,
    days,
  });
  return enqueueJobs(trx, [{ task: 'send-mail', payload }]);
}
