import type { TeamRole } from '../../../contract/accounts.ts';
import { Refused } from '../../../contract/errors.ts';
import type { OrganisationId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { findVerifiedUser } from '../accounts/find-verified-user.ts';
import { lockOwners, writeMember } from './store.ts';

/**
 * Adds someone to the team or changes their role. By a verified address only: otherwise whoever signs up
 * first with an address would be on the team in its owner's place. The last owner stays an owner. Idempotent.
 */
export async function putMember(
  app: App,
  call: { params: { organisationId: OrganisationId }; body: { email: string; role: TeamRole } },
) {
  const { organisationId } = call.params;
  const { email, role } = call.body;
  const user = await findVerifiedUser(app.db, email);
  if (!user) throw new Refused('not_found', { detail: 'No verified account has this e-mail address.' });
  await app.db.transaction(async (trx) => {
    const owners = await lockOwners(trx, organisationId);
    if (role !== 'owner' && owners.length === 1 && owners[0] === user.id) {
      throw new Refused('forbidden', {
        detail: 'The last owner stays an owner: make someone else an owner first.',
      });
    }
    await writeMember(trx, organisationId, { userId: user.id, role }, app.clock.now());
  });
  await app.accounts.catchUp();
  return { userId: user.id, name: user.name, email: user.email, role };
}
