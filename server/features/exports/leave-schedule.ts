import { Refused } from '../../../contract/errors.ts';
import type { Id, UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { deleteRecipient, lockSchedule } from './schedules-store.ts';

/** Takes whoever has the link of a mail off the recipients of that scheduled export. */
export async function leaveSchedule(
  app: Pick<App, 'db' | 'unsubscribeLinks'>,
  call: { params: { userId: UserId; scheduleId: Id<'exportSchedule'>; secret: string } },
): Promise<undefined> {
  const { userId, scheduleId, secret } = call.params;
  if (!app.unsubscribeLinks.isSecretOf(userId, scheduleId, secret)) throw new Refused('not_found');
  await app.db.transaction(async (trx) => {
    // The lock lets a member who changes the recipients at the same time go first or second.
    if (await lockSchedule(trx, scheduleId)) deleteRecipient(trx, scheduleId, userId);
  });
  return undefined;
}
