import { Refused } from '../../../contract/errors.ts';
import type { OrganisationId } from '../../../contract/ids.ts';
import type { WebhookType } from '../../../contract/webhook-events.ts';
import { mostWebhookEndpoints } from '../../../contract/webhooks.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Caller } from '../accounts/accounts.ts';
import { auditEndpoint, showEndpoint } from './endpoint.ts';
import { countEndpoints, insertEndpoint } from './endpoint-store.ts';
import { makeWebhookSecret } from './sign.ts';

/** Makes an endpoint. The answer has its secret; the database has it encrypted. */
export async function makeWebhookEndpoint(
  app: App,
  call: ActingCall & {
    caller: Caller;
    params: { organisationId: OrganisationId };
    body: { url: string; description?: string | undefined; types: WebhookType[]; withBuyer: boolean };
  },
) {
  const { organisationId } = call.params;
  const { url, description = '', types, withBuyer } = call.body;
  if (!app.webhookSender.mayUse(url)) throw new Refused('webhook_url_refused');
  const now = app.clock.now();
  const secret = makeWebhookSecret();
  const endpoint = await app.db.transaction(async (trx) => {
    if ((await countEndpoints(trx, organisationId)) >= mostWebhookEndpoints)
      throw new Refused('too_many_webhook_endpoints');
    const written = await insertEndpoint(trx, {
      id: app.newId('webhookEndpoint'),
      organisationId,
      url,
      description,
      types,
      withBuyer,
      sealedSecret: app.seal.close(secret),
      createdAt: now,
      createdBy: call.caller.userId,
    });
    noteAct(app, trx, call, {
      act: 'webhook_endpoint.made',
      organisationId,
      subject: { type: 'webhook_endpoint', id: written.id, title: url },
      before: null,
      after: auditEndpoint(written),
    });
    return written;
  });
  return { endpoint: showEndpoint(endpoint, now), secret };
}
