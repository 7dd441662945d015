import { Refused } from '../../../contract/errors.ts';
import type { UserId } from '../../../contract/ids.ts';
import { type MessageChoices, optionalMails } from '../../../contract/message-choices.ts';
import { isPushed, pushedKinds } from '../../../contract/message-kinds.ts';
import type { MailList } from '../../../contract/unsubscriptions.ts';
import type { App } from '../../app.ts';
import type { Caller } from './accounts.ts';
import { changePushChoices, type PushChoices, selectPushChoices } from './message-choices-store.ts';
import { updateProfile } from './profile-store.ts';
import { readProfile } from './read-profile.ts';

/** Lists every message that a person can switch on or off. */
export async function readMessageChoices(
  app: App,
  call: { caller: Pick<Caller, 'userId'> },
): Promise<MessageChoices> {
  const { userId } = call.caller;
  const [{ mails }, push] = await Promise.all([readProfile(app, userId), readPushChoices(app, userId)]);
  return {
    choices: [
      ...Object.entries(optionalMails).map(([kind, list]) => ({
        kind: kind as keyof typeof optionalMails,
        channel: 'email' as const,
        wanted: mails[list],
      })),
      ...pushedKinds.map((kind) => ({ kind, channel: 'push' as const, wanted: !push.off.includes(kind) })),
    ],
    quietHours: push.quietHours,
  };
}

export const readPushChoices = (app: Pick<App, 'db'>, userId: UserId): Promise<PushChoices> =>
  selectPushChoices(app.db, userId);

type Change = {
  choices?: MessageChoices['choices'] | undefined;
  quietHours?: MessageChoices['quietHours'] | undefined;
};

/** Changes some choices. Of two choices for the same message the last one counts. */
export async function changeMessageChoices(
  app: App,
  call: { caller: Caller; body: Change },
): Promise<MessageChoices> {
  const { userId } = call.caller;
  const { choices = [], quietHours } = call.body;
  const mails: Partial<Record<MailList, boolean>> = {};
  const push = new Map<string, boolean>();
  for (const { kind, channel, wanted } of choices) {
    if (channel === 'email' && kind in optionalMails)
      mails[optionalMails[kind as keyof typeof optionalMails]] = wanted;
    else if (channel === 'push' && isPushed(kind)) push.set(kind, wanted);
    else
      throw new Refused('message_not_optional', {
        detail: `${kind} by ${channel} cannot be switched on or off.`,
      });
  }
  const kinds = (wanted: boolean) => [...push].filter(([, is]) => is === wanted).map(([kind]) => kind);
  await app.db.transaction(async (trx) => {
    await updateProfile(trx, userId, { mails }, app.clock.now());
    changePushChoices(trx, userId, { off: kinds(false), on: kinds(true), quietHours });
  });
  return readMessageChoices(app, call);
}
