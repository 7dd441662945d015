import { randomInt, timingSafeEqual } from 'node:crypto';
import { Refused } from '../../../contract/errors.ts';
import type { UserId } from '../../../contract/ids.ts';
import { languageOf } from '../../../contract/languages.ts';
import type { PhoneNumber } from '../../../contract/sms.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { spendKept } from '../../http/kept-budgets.ts';
import { Undeliverable } from './mailer.ts';
import {
  confirmNumber,
  deletePhone,
  findPhone,
  giveBackSegments,
  isStopped,
  putNewNumber,
  spendSegments,
  stopNumber,
  takeTry,
} from './phone-store.ts';
import { statusUrl } from './send-sms.ts';
import type { SmsSender } from './sms-sender.ts';
import { maskedNumber, plainPunctuation, segmentsOf } from './sms-text.ts';
import { letterWords } from './words.ts';

const codeMs = 10 * 60_000;
const mostTries = 5;

export async function getPhoneNumber(app: App, call: { caller: { userId: UserId } }): Promise<PhoneNumber> {
  const phone = await findPhone(app.db, call.caller.userId);
  return {
    isOffered: app.sms !== null,
    number: phone?.number ?? null,
    unconfirmed: phone?.newNumber ?? null,
    isStopped: phone?.isStopped ?? false,
    sender: app.sms?.sender ?? null,
  };
}

type PutCall = Pick<
  Call<undefined, undefined, { number: string; consents: true }, 'signed-in'>,
  'caller' | 'body' | 'header'
>;

/**
 * Sends a code to a number. Whoever types it has the number in their hands and has agreed to get SMS. The SMS goes out within
 * the request, so that the person learns at once of a number that gets none.
 */
export async function putPhoneNumber(app: App, call: PutCall): Promise<PhoneNumber> {
  const { sms } = app;
  const { userId, isGuest, emailVerified } = call.caller;
  const { number } = call.body;
  if (!sms) throw new Refused('sms_off');
  if (isGuest || !emailVerified) throw new Refused('email_not_verified');
  if (!sms.mayText(number))
    throw new Refused('phone_number_refused', { detail: 'This site sends no SMS to this country.' });
  if (await isStopped(app.db, number)) throw new Refused('phone_number_stopped');
  const known = await findPhone(app.db, userId);
  if (known?.number === number) return getPhoneNumber(app, call);
  await spendCode(app, 'smsCodesPerAccount', userId);
  await spendCode(app, 'smsCodesPerNumber', number);
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const expiresAt = new Date(app.clock.now().getTime() + codeMs);
  await putNewNumber(app.db, userId, { number, code: app.seal.close(code), expiresAt });
  await sendCode(app, sms, { number, code, language: languageOf(call.header('accept-language')) });
  return getPhoneNumber(app, call);
}

async function spendCode(
  app: App,
  name: 'smsCodesPerAccount' | 'smsCodesPerNumber',
  key: string,
): Promise<void> {
  const retryAfterSeconds = await spendKept(app, name, key);
  if (retryAfterSeconds > 0) throw new Refused('rate_limited', { retryAfterSeconds });
}

async function sendCode(
  app: App,
  sms: SmsSender,
  of: { number: string; code: string; language: ReturnType<typeof languageOf> },
): Promise<void> {
  const { number, code, language } = of;
  const t = letterWords(language);
  const site = new URL(app.config.publicUrl).host;
  const text = plainPunctuation(
    [t('smsCode', { code, site }), ...(sms.sender ? [t('smsStop')] : [])].join(' '),
  );
  const now = app.clock.now();
  const cost = { purpose: 'codes', segments: segmentsOf(text), now };
  if (!(await spendSegments(app.db, { ...cost, most: sms.limits.codesPerDay }))) {
    app.log.warn({ most: sms.limits.codesPerDay }, 'the codes by SMS of the day are spent');
    throw new Refused('sms_unavailable');
  }
  const key = `number-code:${app.newId('message')}`;
  let refusal: Refused | null = null;
  try {
    await app.deliveries.deliver(
      {
        key,
        channel: 'sms',
        recipient: maskedNumber(number),
        about: { kind: 'number-code', language, order: null },
      },
      async () => {
        refusal = await refusalOf(
          app,
          () => sms.send({ to: number, text, statusUrl: statusUrl(app, key) }),
          number,
        );
        // The person asks for another code, so no job sends this one again.
        if (refusal) throw new Undeliverable(refusal.message);
      },
    );
  } finally {
    if (refusal) await giveBackSegments(app.db, cost);
  }
  if (refusal) throw refusal;
}

/** Sends a code. Returns what to tell the person if it could not be sent. */
async function refusalOf(
  app: App,
  send: () => ReturnType<SmsSender['send']>,
  number: string,
): Promise<Refused | null> {
  try {
    const answer = await send();
    if (answer.is === 'accepted') return null;
    if (answer.is === 'later') return new Refused('sms_unavailable');
    await stopNumber(app.db, number, app.clock.now());
    return new Refused('phone_number_stopped');
  } catch (error) {
    if (error instanceof Undeliverable) return new Refused('phone_number_refused', { detail: error.message });
    app.log.warn({ err: error }, 'a code could not be sent by SMS');
    return new Refused('sms_unavailable');
  }
}

type ConfirmCall = Pick<Call<undefined, undefined, { code: string }, 'signed-in'>, 'caller' | 'body'>;

/** Confirms the number with the code. From now on it gets SMS. */
export async function confirmPhoneNumber(app: App, call: ConfirmCall): Promise<PhoneNumber> {
  const { userId } = call.caller;
  const now = app.clock.now();
  const attempt = await takeTry(app.db, userId, now);
  const code = attempt && app.seal.open(attempt.code);
  if (!attempt || code === null || attempt.tries > mostTries) throw new Refused('sms_code_ended');
  if (!isSame(code, call.body.code.replace(/\D/g, ''))) {
    const left = mostTries - attempt.tries;
    throw new Refused('sms_code_wrong', { detail: `This is not the code. You have ${left} attempts left.` });
  }
  if (!(await confirmNumber(app.db, userId, attempt.code, now))) throw new Refused('sms_code_ended');
  return getPhoneNumber(app, call);
}

const isSame = (expected: string, given: string): boolean =>
  expected.length === given.length && timingSafeEqual(Buffer.from(expected), Buffer.from(given));

export async function deletePhoneNumber(
  app: Pick<App, 'db'>,
  call: { caller: { userId: UserId } },
): Promise<undefined> {
  await deletePhone(app.db, call.caller.userId);
  return undefined;
}
