import { Refused } from '../../../contract/errors.ts';
import type { OrganisationId, WebhookDeliveryId, WebhookEndpointId } from '../../../contract/ids.ts';
import type { FullWebhookDelivery, WebhookDelivery, WebhookEndpoint } from '../../../contract/webhooks.ts';
import type { App } from '../../app.ts';
import { bodyOf } from './dispatch.ts';
import { showDelivery, showEndpoint } from './endpoint.ts';
import { findEndpoint, listEndpoints } from './endpoint-store.ts';
import { findDelivery, listAttempts, listDeliveries } from './log-store.ts';

export async function listWebhookEndpoints(
  app: App,
  { params }: { params: { organisationId: OrganisationId } },
): Promise<{ items: WebhookEndpoint[] }> {
  const now = app.clock.now();
  return { items: (await listEndpoints(app.db, params.organisationId)).map((row) => showEndpoint(row, now)) };
}

interface OfEndpoint {
  organisationId: OrganisationId;
  endpointId: WebhookEndpointId;
}

/** The cursor is the id of the last delivery shown. */
export async function listWebhookDeliveries(
  app: App,
  {
    params,
    query,
  }: {
    params: OfEndpoint;
    query: {
      status?: WebhookDelivery['status'] | undefined;
      cursor?: WebhookDeliveryId | undefined;
      limit: number;
    };
  },
): Promise<{ items: WebhookDelivery[]; nextCursor: WebhookDeliveryId | null }> {
  await requireEndpoint(app, params);
  const rows = await listDeliveries(app.db, params.endpointId, { ...query, limit: query.limit + 1 });
  const page = rows.slice(0, query.limit);
  return {
    items: page.map(showDelivery),
    nextCursor: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
  };
}

export async function getWebhookDelivery(
  app: App,
  { params }: { params: OfEndpoint & { deliveryId: WebhookDeliveryId } },
): Promise<FullWebhookDelivery> {
  await requireEndpoint(app, params);
  const row = await findDelivery(app.db, params.endpointId, params.deliveryId);
  if (!row) throw new Refused('not_found');
  const attempts = await listAttempts(app.db, row.id);
  return {
    ...showDelivery(row),
    body: bodyOf(row, undefined),
    log: attempts.map(({ at, ...attempt }) => ({ at: at.toISOString(), ...attempt })),
  };
}

async function requireEndpoint(app: App, { organisationId, endpointId }: OfEndpoint): Promise<void> {
  if (!(await findEndpoint(app.db, organisationId, endpointId))) throw new Refused('not_found');
}
