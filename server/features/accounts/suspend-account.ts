import { Refused } from '../../../contract/errors.ts';
import type { UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Caller } from './accounts.ts';
import { toAdminUser } from './admin-user.ts';
import { deleteSessionsExcept, lockUserRow, suspend, suspensionOf } from './store.ts';

/**
 * Suspends an account and ends its sessions in one transaction. Triggers notify every process. Idempotent. An admin
 * can't suspend themself, because nobody might be left to undo it.
 */
export async function suspendAccount(
  app: App,
  call: ActingCall & { caller: Caller; params: { userId: UserId }; body: { reason: string } },
) {
  const { userId } = call.params;
  if (userId === call.caller.userId)
    throw new Refused('forbidden', { detail: 'You cannot suspend yourself.' });
  const user = await app.db.transaction(async (trx) => {
    const before = await lockUserRow(trx, userId);
    const suspended = await suspend(trx, userId, call.body.reason, app.clock.now());
    if (!suspended) return suspended;
    await deleteSessionsExcept(trx, userId, '');
    noteAct(app, trx, call, {
      act: 'account.suspended',
      organisationId: null,
      subject: { type: 'account', id: userId },
      before: before && suspensionOf(before),
      after: suspensionOf(suspended),
    });
    return suspended;
  });
  if (!user) throw new Refused('not_found');
  await app.accounts.catchUp();
  return toAdminUser(user);
}
