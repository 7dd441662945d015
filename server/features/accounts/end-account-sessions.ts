import { Refused } from '../../../contract/errors.ts';
import type { UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { noteAct } from '../../data/audit-trail.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { deleteSessionsExcept, lockUserRow } from './store.ts';

/** Ends all sessions of an account. Triggers tell every process. An admin ends their own in their account. */
export async function endAccountSessions(
  app: App,
  call: Call<{ userId: UserId }, undefined, undefined, 'admin'>,
): Promise<{ ended: number }> {
  const { userId } = call.params;
  if (userId === call.caller.userId)
    throw new Refused('forbidden', { detail: 'End your own sessions in your account.' });
  const reply = await once(app, call, async (trx) => {
    const user = await lockUserRow(trx, userId);
    if (!user) throw new Refused('not_found');
    const ended = await deleteSessionsExcept(trx, userId, '');
    if (ended > 0)
      noteAct(app, trx, call, {
        act: 'account.sessions_ended',
        organisationId: null,
        subject: { type: 'account', id: userId },
        before: { count: ended },
        after: { count: 0 },
      });
    return { ended };
  });
  await app.accounts.catchUp();
  return reply;
}
