import { Refused } from '../../../contract/errors.ts';
import type { UserId } from '../../../contract/ids.ts';
import type { MailList } from '../../../contract/unsubscriptions.ts';
import type { App } from '../../app.ts';
import { updateProfile } from './profile-store.ts';

/** Switches a kind of mail off for whoever has the link of such a mail, guests too. */
export async function unsubscribe(
  app: App,
  call: { params: { userId: UserId; list: MailList; secret: string } },
): Promise<undefined> {
  const { userId, list, secret } = call.params;
  if (!app.unsubscribeLinks.isSecretOf(userId, list, secret)) throw new Refused('not_found');
  await updateProfile(app.db, userId, { mails: { [list]: false } }, app.clock.now());
  return undefined;
}
