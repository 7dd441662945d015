import { Refused } from '../../../contract/errors.ts';
import type { UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Transaction } from '../../data/db.ts';
import { withdrawInvitationsBy } from './invitation-store.ts';
import { deleteMember, listTeamsOf, lockOwners } from './store.ts';

/**
 * Takes the caller off every team. Refuses with `last_owner` if a team would have no owner then. It locks all
 * organisations before it gives up the first membership, which locks the account. Other transactions also lock the
 * organisation before the account, so there is no deadlock.
 */
export async function leaveTeams(
  app: App,
  trx: Transaction,
  call: ActingCall & { caller: { userId: UserId } },
  now: Date,
): Promise<void> {
  const { userId } = call.caller;
  const teams = await listTeamsOf(trx, userId);
  const inOrder = teams.sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const { id, name } of inOrder) {
    const owners = await lockOwners(trx, id);
    if (owners.length === 1 && owners[0] === userId) {
      throw new Refused('last_owner', {
        detail: `You are the only owner of ${name}. Make somebody else an owner first.`,
      });
    }
  }
  for (const { id, role, events } of inOrder) {
    noteAct(app, trx, call, {
      act: 'member.left',
      organisationId: id,
      subject: { type: 'member', id: userId },
      before: { role, events },
      after: null,
    });
    await deleteMember(trx, id, userId);
    await withdrawInvitationsBy(trx, id, userId, now);
  }
}

/** The organisations that would have no owner without this person. */
export async function listLastOwned(trx: Transaction, userId: UserId) {
  const owned = (await listTeamsOf(trx, userId)).filter(({ role }) => role === 'owner');
  const lastOwned: { id: (typeof owned)[number]['id']; name: string }[] = [];
  for (const { id, name } of owned) {
    const owners = await lockOwners(trx, id);
    if (owners.length === 1) lastOwned.push({ id, name });
  }
  return lastOwned;
}
