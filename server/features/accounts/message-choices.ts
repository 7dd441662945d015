import { Refused } from '../../../contract/errors.ts';
import type { UserId } from '../../../contract/ids.ts';
import { type MessageChoices, optionalMails } from '../../../contract/message-choices.ts';
import { isPushed, isTexted, pushedKinds, textedKinds } from '../../../contract/message-kinds.ts';
import type { MailList } from '../../../contract/unsubscriptions.ts';
import type { App } from '../../app.ts';
import type { Caller } from './accounts.ts';
import {
  changeMessageSettings,
  type MessageSettings,
  selectMessageSettings,
} from './message-choices-store.ts';
import { updateProfile } from './profile-store.ts';
import { readProfile } from './read-profile.ts';

/** Lists every message that a person can switch on or off. */
export async function readMessageChoices(
  app: App,
  call: { caller: Pick<Caller, 'userId'> },
): Promise<MessageChoices> {
  const { userId } = call.caller;
  const [{ mails }, settings] = await Promise.all([
    readProfile(app, userId),
    readMessageSettings(app, userId),
  ]);
  const { pushOff, smsOff } = settings;
  return {
    choices: [
      ...Object.entries(optionalMails).map(([kind, list]) => ({
        kind: kind as keyof typeof optionalMails,
        channel: 'email' as const,
        wanted: mails[list],
      })),
      ...pushedKinds.map((kind) => ({ kind, channel: 'push' as const, wanted: !pushOff.includes(kind) })),
      ...textedKinds.map((kind) => ({ kind, channel: 'sms' as const, wanted: !smsOff.includes(kind) })),
    ],
    quietHours: settings.quietHours,
  };
}

export const readMessageSettings = (app: Pick<App, 'db'>, userId: UserId): Promise<MessageSettings> =>
  selectMessageSettings(app.db, userId);

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
  const sms = new Map<string, boolean>();
  for (const { kind, channel, wanted } of choices) {
    if (channel === 'email' && kind in optionalMails)
      mails[optionalMails[kind as keyof typeof optionalMails]] = wanted;
    else if (channel === 'push' && isPushed(kind)) push.set(kind, wanted);
    else if (channel === 'sms' && isTexted(kind)) sms.set(kind, wanted);
    else
      throw new Refused('message_not_optional', {
        detail: `${kind} by ${channel} cannot be switched on or off.`,
      });
  }
  const switched = (of: Map<string, boolean>) => {
    const kinds = (wanted: boolean) => [...of].filter(([, is]) => is === wanted).map(([kind]) => kind);
    return { off: kinds(false), on: kinds(true) };
  };
  await app.db.transaction(async (trx) => {
    await updateProfile(trx, userId, { mails }, app.clock.now());
    changeMessageSettings(trx, userId, { push: switched(push), sms: switched(sms), quietHours });
  });
  return readMessageChoices(app, call);
}
