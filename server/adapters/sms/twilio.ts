import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Config } from '../../config.ts';
import { Undeliverable } from '../../features/notifications/mailer.ts';
import type { SmsAnswer, SmsSender } from '../../features/notifications/sms-sender.ts';

const timeoutMs = 15_000;
/** If a busy provider does not say when to come back. */
const defaultPauseSeconds = 30;
const longestPauseSeconds = 3600;
/** The owner of the number has answered STOP (https://www.twilio.com/docs/api/errors/21610). */
const stoppedCode = 21_610;

/**
 * Sends SMS by the API of Twilio (https://www.twilio.com/docs/messaging/api/message-resource), which other providers offer too.
 * The API has no idempotency key. So after an attempt whose outcome is unknown, the caller asks with `hasTaken`.
 */
export function createTwilioSender(config: NonNullable<Config['sms']>): SmsSender {
  const { accountSid, authToken, from, apiUrl, prefixes, limits } = config;
  const messages = `${apiUrl}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages.json`;
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  const call = (url: string, init: RequestInit = {}) =>
    fetch(url, {
      ...init,
      headers: { authorization, accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
  return {
    sender: /^\+?\d+$/.test(from) ? from : null,
    limits,
    mayText: (number) => prefixes.length === 0 || prefixes.some((prefix) => number.startsWith(prefix)),
    async send({ to, text, statusUrl }): Promise<SmsAnswer> {
      const body = new URLSearchParams({ To: to, Body: text, StatusCallback: statusUrl });
      body.set(from.startsWith('MG') ? 'MessagingServiceSid' : 'From', from);
      const answer = await call(messages, { method: 'POST', body });
      const told = (await answer.json().catch(() => ({}))) as { code?: number; message?: string };
      if (answer.ok) return { is: 'accepted' };
      if (answer.status === 429) return { is: 'later', seconds: pauseOf(answer) };
      if (told.code === stoppedCode) return { is: 'stopped' };
      const message =
        `the provider answered ${answer.status}: ${told.code ?? ''} ${told.message ?? ''}`.trim();
      // A refused login is about the configuration, so the SMS waits until somebody has corrected it.
      throw isFinal(answer.status) ? new Undeliverable(message) : new Error(message);
    },
    async hasTaken({ to, text }, since) {
      const query = new URLSearchParams({ To: to, PageSize: '50' });
      const answer = await call(`${messages}?${query}`);
      if (!answer.ok)
        throw new Error(`the provider answered ${answer.status} when asked for earlier messages`);
      const { messages: earlier = [] } = (await answer.json()) as { messages?: Taken[] };
      return earlier.some(
        ({ body, date_created: at, status }) =>
          body === text && status !== 'failed' && Date.parse(at) >= since.getTime() - clockDifferenceMs,
      );
    },
    isSigned: (url, form, signature) =>
      signature !== undefined && isSame(signatureOf(url, form, authToken), signature),
  };
}

/** A message as the provider lists it, the latest first. `date_created` is a date of RFC 2822 with whole seconds. */
interface Taken {
  body: string;
  date_created: string;
  status: string;
}

/** The provider's clock may be behind ours. */
const clockDifferenceMs = 60_000;

const isFinal = (status: number): boolean =>
  status >= 400 && status < 500 && status !== 401 && status !== 403;

function pauseOf(answer: Response): number {
  const seconds = Number(answer.headers.get('retry-after'));
  return Math.min(seconds > 0 ? seconds : defaultPauseSeconds, longestPauseSeconds);
}

/** https://www.twilio.com/docs/usage/security#validating-requests: the URL, and then each field's name and value, sorted by name. */
function signatureOf(url: string, form: URLSearchParams, authToken: string): string {
  const fields = [...form].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const signed = url + fields.map(([name, value]) => name + value).join('');
  return createHmac('sha1', authToken).update(signed, 'utf8').digest('base64');
}

function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
