import { Refused } from '../../../contract/errors.ts';
import type { OrganisationId, WebhookEndpointId } from '../../../contract/ids.ts';
import type { WebhookType } from '../../../contract/webhook-events.ts';
import type { WebhookEndpoint } from '../../../contract/webhooks.ts';
import type { App } from '../../app.ts';
import { noteAct } from '../../data/audit-trail.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { failPending } from './delivery-store.ts';
import { auditEndpoint, showEndpoint } from './endpoint.ts';
import { type EndpointRow, lockEndpoint, updateEndpoint } from './endpoint-store.ts';

interface Patch {
  url?: string | undefined;
  description?: string | undefined;
  types?: WebhookType[] | undefined;
  withBuyer?: boolean | undefined;
  enabled?: boolean | undefined;
}

/** Changes an endpoint. What waits for an endpoint that is switched off is noted as failed, and a person may send it later. */
export function changeWebhookEndpoint(
  app: App,
  call: Call<{ organisationId: OrganisationId; endpointId: WebhookEndpointId }, unknown, Patch, 'team'>,
): Promise<WebhookEndpoint> {
  const { organisationId, endpointId } = call.params;
  const { url, description, types, withBuyer, enabled } = call.body;
  if (url !== undefined && !app.webhookSender.mayUse(url)) throw new Refused('webhook_url_refused');
  return once(app, call, async (trx) => {
    const before = await lockEndpoint(trx, organisationId, endpointId);
    if (!before) throw new Refused('not_found');
    if (before.version !== call.ifMatch) throw new Refused('version_mismatch', { version: before.version });
    const now = app.clock.now();
    const changed: EndpointRow = {
      ...before,
      url: url ?? before.url,
      description: description ?? before.description,
      types: types ?? before.types,
      withBuyer: withBuyer ?? before.withBuyer,
      ...(enabled === true && { disabledAt: null, disabledFor: null }),
      ...(enabled === false && !before.disabledAt && { disabledAt: now, disabledFor: 'person' as const }),
    };
    const isFresh = changed.url !== before.url || (before.disabledAt !== null && changed.disabledAt === null);
    const after = await updateEndpoint(trx, changed, isFresh);
    if (after.disabledAt && !before.disabledAt) await failPending(trx, endpointId, now);
    noteAct(app, trx, call, {
      act: 'webhook_endpoint.changed',
      organisationId,
      subject: { type: 'webhook_endpoint', id: endpointId, title: after.url },
      before: auditEndpoint(before),
      after: auditEndpoint(after),
    });
    return showEndpoint(after, now);
  });
}
