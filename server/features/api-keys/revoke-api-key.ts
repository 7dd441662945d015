import { Refused } from '../../../contract/errors.ts';
import type { ApiKeyId, OrganisationId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { invalidate } from '../../caches.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import { once, type Retry } from '../../http/idempotency.ts';
import type { Caller } from '../accounts/accounts.ts';
import { auditKey } from './api-key.ts';
import { lockKey, revokeKey } from './store.ts';

/**
 * Ends a key for good. This process refuses it from the answer on, the others as soon as PostgreSQL has told them. A second
 * call changes nothing.
 */
export async function revokeApiKey(
  app: App,
  call: ActingCall & {
    caller: Caller;
    params: { organisationId: OrganisationId; apiKeyId: ApiKeyId };
    retry: Retry | null;
    operation: string;
  },
): Promise<void> {
  const { organisationId, apiKeyId } = call.params;
  await once(app, call, async (trx) => {
    const key = await lockKey(trx, organisationId, apiKeyId);
    if (!key) throw new Refused('not_found');
    if (key.revokedAt) return;
    await revokeKey(trx, key.id, app.clock.now());
    noteAct(app, trx, call, {
      act: 'api_key.revoked',
      organisationId,
      subject: { type: 'api_key', id: key.id, title: key.name },
      before: auditKey(key),
      after: null,
    });
  });
  invalidate(app.caches, { kind: 'api_key_changed' });
}
