import { Refused } from '../../../contract/errors.ts';
import type { OrganisationId, WebhookEndpointId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import { showEndpoint } from './endpoint.ts';
import { lockEndpoint, rotateSecret } from './endpoint-store.ts';
import { makeWebhookSecret } from './sign.ts';

/** Gives an endpoint another secret. For some hours both sign, so that a receiver misses nothing while it changes. */
export async function rotateWebhookSecret(
  app: App,
  call: ActingCall & {
    params: { organisationId: OrganisationId; endpointId: WebhookEndpointId };
    body: { overlapHours: number };
  },
) {
  const { organisationId, endpointId } = call.params;
  const { overlapHours } = call.body;
  const now = app.clock.now();
  const secret = makeWebhookSecret();
  const endpoint = await app.db.transaction(async (trx) => {
    const before = await lockEndpoint(trx, organisationId, endpointId);
    if (!before) throw new Refused('not_found');
    const oldUntil = overlapHours > 0 ? new Date(now.getTime() + overlapHours * 3_600_000) : null;
    const old = oldUntil && before.sealedSecret;
    const rotated = await rotateSecret(trx, endpointId, { secret: app.seal.close(secret), old, oldUntil });
    noteAct(app, trx, call, {
      act: 'webhook_endpoint.secret_rotated',
      organisationId,
      subject: { type: 'webhook_endpoint', id: endpointId, title: before.url },
      before: null,
      after: { until: (oldUntil ?? now).toISOString() },
    });
    return rotated;
  });
  return { endpoint: showEndpoint(endpoint, now), secret };
}
