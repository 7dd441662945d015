import { Refused } from '../../../contract/errors.ts';
import type { ApiKeyId, OrganisationId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { invalidate } from '../../caches.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Caller } from '../accounts/accounts.ts';
import { readNames } from '../accounts/read-names.ts';
import { showKey, stateOf } from './api-key.ts';
import { hashOf, hintOf, makeSecret } from './secret.ts';
import { lockKey, rotateKey } from './store.ts';

/**
 * Gives a key another secret. The old one works for some hours more, so that a program can change to the new one without a
 * refused request. The secret before the old one ends now.
 */
export async function rotateApiKey(
  app: App,
  call: ActingCall & {
    caller: Caller;
    params: { organisationId: OrganisationId; apiKeyId: ApiKeyId };
    body: { overlapHours: number };
  },
) {
  const { organisationId, apiKeyId } = call.params;
  const now = app.clock.now();
  const oldUntil = new Date(now.getTime() + call.body.overlapHours * 3_600_000);
  const secret = makeSecret();
  const rotated = await app.db.transaction(async (trx) => {
    const key = await lockKey(trx, organisationId, apiKeyId);
    if (!key) throw new Refused('not_found');
    // Whoever has the secret acts with the role of the person who made the key.
    if (key.madeBy !== call.caller.userId) throw new Refused('api_key_of_another');
    if (stateOf(key, now) !== 'valid') throw new Refused('api_key_ended');
    await rotateKey(trx, { id: key.id, secretHash: hashOf(secret), hint: hintOf(secret), oldUntil, now });
    noteAct(app, trx, call, {
      act: 'api_key.rotated',
      organisationId,
      subject: { type: 'api_key', id: key.id, title: key.name },
      before: null,
      after: { until: oldUntil.toISOString() },
    });
    return { ...key, hint: hintOf(secret), rotatedAt: now, oldUntil };
  });
  invalidate(app.caches, { kind: 'api_key_changed' });
  return { key: showKey(rotated, await readNames(app.db, [rotated.madeBy]), now), secret };
}
