import { Refused } from '../../../contract/errors.ts';
import type { OrganisationId, UserId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import { lockOwners } from './store.ts';

/**
 * Locks the organisation and resolves if the user is one of its owners. The route has checked before, but an owner
 * who is removed in between must not invite anybody afterwards.
 */
export async function requireOwner(
  trx: Transaction,
  organisationId: OrganisationId,
  userId: UserId,
): Promise<void> {
  const owners = await lockOwners(trx, organisationId);
  if (!owners.includes(userId)) throw new Refused('forbidden');
}
