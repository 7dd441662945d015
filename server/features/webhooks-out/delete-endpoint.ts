import { Refused } from '../../../contract/errors.ts';
import type { OrganisationId, WebhookEndpointId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import { auditEndpoint } from './endpoint.ts';
import { deleteEndpoint, lockEndpoint } from './endpoint-store.ts';

/** Deletes an endpoint with its log. */
export async function deleteWebhookEndpoint(
  app: App,
  call: ActingCall & { params: { organisationId: OrganisationId; endpointId: WebhookEndpointId } },
): Promise<void> {
  const { organisationId, endpointId } = call.params;
  await app.db.transaction(async (trx) => {
    const endpoint = await lockEndpoint(trx, organisationId, endpointId);
    if (!endpoint) throw new Refused('not_found');
    await deleteEndpoint(trx, endpointId);
    noteAct(app, trx, call, {
      act: 'webhook_endpoint.deleted',
      organisationId,
      subject: { type: 'webhook_endpoint', id: endpointId, title: endpoint.url },
      before: auditEndpoint(endpoint),
      after: null,
    });
  });
}
