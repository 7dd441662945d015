import { Refused } from '../../../contract/errors.ts';
import type { UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import { toAdminUser } from './admin-user.ts';
import { lockUserRow, restore, suspensionOf } from './store.ts';

/** Lifts a suspension. The sessions that it ended stay ended. Idempotent. */
export async function restoreAccount(app: App, call: ActingCall & { params: { userId: UserId } }) {
  const { userId } = call.params;
  const user = await app.db.transaction(async (trx) => {
    const before = await lockUserRow(trx, userId);
    const restored = await restore(trx, userId, app.clock.now());
    if (!before || !restored) return null;
    noteAct(app, trx, call, {
      act: 'account.restored',
      organisationId: null,
      subject: { type: 'account', id: userId },
      before: suspensionOf(before),
      after: suspensionOf(restored),
    });
    return restored;
  });
  if (!user) throw new Refused('not_found');
  await app.accounts.catchUp();
  return toAdminUser(user);
}
