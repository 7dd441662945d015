import { Refused } from '../../../contract/errors.ts';
import { plainNumber } from '../../../contract/sms.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { noteBounced } from './deliveries-store.ts';
import { startNumber, stopNumber } from './phone-store.ts';
import { statusUrl } from './send-sms.ts';

type WebhookCall = Pick<Call, 'rawBody' | 'header'>;

/** The provider's words for the end, and those that people use in the languages of Admit. */
const stops = new Set(
  'STOP STOPALL UNSUBSCRIBE CANCEL END QUIT REVOKE OPTOUT STOPP ENDE PARAR BAJA ALTO ARRET ARRÊT قف توقف إيقاف'.split(
    ' ',
  ),
);
const starts = new Set(['START', 'UNSTOP', 'YES']);

/** Honours STOP and START. The same answer twice changes nothing more. */
export async function receiveSms(app: App, call: WebhookCall): Promise<undefined> {
  const form = readForm(app, call, `${app.config.publicUrl}/api/webhooks/sms`);
  const number = plainNumber(form.get('From') ?? '');
  const word = (form.get('OptOutType') ?? form.get('Body') ?? '')
    .trim()
    .replace(/[.!]+$/, '')
    .toUpperCase();
  if (stops.has(word)) await stopNumber(app.db, number, app.clock.now());
  else if (starts.has(word)) await startNumber(app.db, number);
  return undefined;
}

/** Notes that an SMS was accepted and did not arrive. */
export async function receiveSmsStatus(
  app: App,
  call: WebhookCall & { query: { key: string } },
): Promise<undefined> {
  const { key } = call.query;
  const form = readForm(app, call, statusUrl(app, key));
  const status = form.get('MessageStatus');
  if (status === 'undelivered' || status === 'failed')
    await noteBounced(app.db, key, reasonOf(form.get('ErrorCode')));
  return undefined;
}

/** The form of a signed call. The signature covers the address too. */
function readForm(app: App, { rawBody, header }: WebhookCall, url: string): URLSearchParams {
  const form = new URLSearchParams(rawBody.toString());
  if (!app.sms?.isSigned(url, form, header('x-twilio-signature')))
    throw new Refused('webhook_signature_invalid', {
      ...(!app.sms && { detail: 'SMS are not set up on this server.' }),
    });
  return form;
}

/** https://www.twilio.com/docs/api/errors: why a phone network did not deliver. */
const reasons: Record<string, string> = {
  30003: 'The phone is off or out of reach.',
  30004: 'The phone or its network blocks these messages.',
  30005: 'There is no such number.',
  30006: 'The number is a landline or takes no SMS.',
  30007: 'The network has taken the message for spam.',
  21610: 'The owner of this number has answered STOP.',
};

const reasonOf = (code: string | null): string =>
  `${reasons[code ?? ''] ?? 'The network did not deliver the message.'}${code ? ` (${code})` : ''}`;
