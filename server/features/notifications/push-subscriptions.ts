import { createPublicKey } from 'node:crypto';
import { Refused } from '../../../contract/errors.ts';
import type { UserId } from '../../../contract/ids.ts';
import { languageOf } from '../../../contract/languages.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { deleteSubscription, putSubscription } from './push-store.ts';

const mostPerPerson = 20;

export const getPushKey = async (app: Pick<App, 'push'>) => ({ publicKey: app.push.publicKey });

type PutCall = Pick<
  Call<undefined, undefined, { endpoint: string; keys: { p256dh: string; auth: string } }, 'signed-in'>,
  'caller' | 'body' | 'header'
>;

/** Lets a browser show the caller notifications, in the language of this request. */
export async function putPushSubscription(app: App, call: PutCall): Promise<undefined> {
  const { endpoint, keys } = call.body;
  if (!app.push.mayUse(endpoint) || !isPoint(keys.p256dh)) throw new Refused('push_endpoint_refused');
  const isSaved = await putSubscription(app.db, {
    id: app.newId('pushSubscription'),
    userId: call.caller.userId,
    sessionId: call.caller.sessionId,
    target: { endpoint, ...keys },
    language: languageOf(call.header('accept-language')),
    now: app.clock.now(),
    most: mostPerPerson,
  });
  if (!isSaved) throw new Refused('unauthenticated');
  return undefined;
}

/** Whether these are the bytes of an uncompressed point of the curve P-256. Encrypting for another one fails. */
function isPoint(p256dh: string): boolean {
  const bytes = Buffer.from(p256dh, 'base64url');
  if (bytes.length !== 65 || bytes[0] !== 4) return false;
  const [x, y] = [bytes.subarray(1, 33), bytes.subarray(33)].map((part) => part.toString('base64url'));
  try {
    createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } as never });
    return true;
  } catch {
    return false;
  }
}

export async function deletePushSubscription(
  app: Pick<App, 'db'>,
  call: { caller: { userId: UserId }; query: { endpoint: string } },
): Promise<undefined> {
  await deleteSubscription(app.db, call.query.endpoint, call.caller.userId);
  return undefined;
}
