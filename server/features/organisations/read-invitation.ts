import { Refused } from '../../../contract/errors.ts';
import type { InvitationId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { showInvitation } from './invitation.ts';
import { hashOf } from './invitation-secret.ts';
import { findInvitationBySecret } from './invitation-store.ts';

/** Shows an invitation to a person with its secret. A wrong secret gets the same answer as no invitation. */
export async function readInvitation(
  app: App,
  call: { params: { invitationId: InvitationId }; body: { secret: string } },
) {
  const row = await findInvitationBySecret(app.db, call.params.invitationId, hashOf(call.body.secret));
  if (!row) throw new Refused('not_found');
  return showInvitation(row, app.clock.now());
}
