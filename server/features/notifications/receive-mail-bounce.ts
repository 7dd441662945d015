import type { z } from 'zod';
import { Refused } from '../../../contract/errors.ts';
import * as contract from '../../../contract/event-messages.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { isSigned } from '../../http/signature.ts';
import { listKeysSentTo, noteBounced } from './deliveries-store.ts';
import { localPartOf } from './message-id.ts';

/** Bounces arrive within five days, because that is how long mail servers try. */
const bouncesWithinMs = 14 * 86_400_000;

/** Notes that a mail was accepted and came back later. A second report of one bounce changes nothing. */
export async function receiveMailBounce(
  app: App,
  call: Pick<Call, 'rawBody' | 'header'>,
): Promise<{ bounced: number }> {
  const secret = app.config.mail.webhookSecret;
  if (!secret)
    throw new Refused('webhook_signature_invalid', {
      detail: 'MAIL_WEBHOOK_SECRET is not set on this server.',
    });
  const now = app.clock.now();
  if (!isSigned(call.rawBody, call.header('admit-signature'), secret, now))
    throw new Refused('webhook_signature_invalid');
  const { recipient, messageId, reason } = readReport(call.rawBody);
  const keys = await listKeysSentTo(
    app.db,
    recipient.toLowerCase(),
    new Date(now.getTime() - bouncesWithinMs),
  );
  const key = messageId === undefined ? keys[0] : keys.find((each) => messageId.includes(localPartOf(each)));
  if (key === undefined) return { bounced: 0 };
  return { bounced: await noteBounced(app.db, key, reason) };
}

type Report = z.output<NonNullable<typeof contract.receiveMailBounce.body>>;

/** The body of a signed request is read after its signature was checked. */
function readReport(body: Buffer): Report {
  let json: unknown;
  try {
    json = JSON.parse(body.toString());
  } catch {
    throw new Refused('malformed_json');
  }
  const report = contract.receiveMailBounce.body?.safeParse(json);
  if (report?.success) return report.data;
  throw new Refused('invalid_request', { detail: report?.error.issues[0]?.message ?? '' });
}
