import { Refused } from '../../../contract/errors.ts';
import type { InvitationId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import type { InvitationRow } from './invitation.ts';
import { hashOf } from './invitation-secret.ts';
import { findInvitationBySecret } from './invitation-store.ts';
import { lockOwners } from './store.ts';

/**
 * Returns the invitation after locking its organisation, so that accepting, declining, withdrawing and removing an
 * owner happen one after the other. Without the right secret it refuses with not_found.
 */
export async function lockInvitation(
  trx: Transaction,
  call: { params: { invitationId: InvitationId }; body: { secret: string } },
): Promise<InvitationRow> {
  const secretHash = hashOf(call.body.secret);
  const found = await findInvitationBySecret(trx, call.params.invitationId, secretHash);
  if (found) await lockOwners(trx, found.organisation_id);
  const locked = found && (await findInvitationBySecret(trx, call.params.invitationId, secretHash));
  if (!locked) throw new Refused('not_found');
  return locked;
}
