import { Refused } from '../../../contract/errors.ts';
import type { InvitationId, OrganisationId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { endInvitation, findInvitation } from './invitation-store.ts';
import { lockOwners } from './store.ts';

/** Ends an invitation. None of its links works after the answer. Idempotent. */
export async function withdrawInvitation(
  app: App,
  call: { params: { organisationId: OrganisationId; invitationId: InvitationId } },
) {
  const { organisationId, invitationId } = call.params;
  await app.db.transaction(async (trx) => {
    await lockOwners(trx, organisationId);
    const row = await findInvitation(trx, invitationId);
    if (row?.organisation_id !== organisationId) throw new Refused('not_found');
    if (row.ended_as === 'accepted') throw new Refused('invitation_used');
    await endInvitation(trx, row.id, 'withdrawn', app.clock.now());
  });
  return undefined;
}
