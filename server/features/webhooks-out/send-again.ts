import { Refused } from '../../../contract/errors.ts';
import type { OrganisationId, WebhookDeliveryId, WebhookEndpointId } from '../../../contract/ids.ts';
import { testType } from '../../../contract/webhook-events.ts';
import { mostReplayed, type WebhookDelivery } from '../../../contract/webhooks.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Transaction } from '../../data/db.ts';
import { once, type Retry } from '../../http/idempotency.ts';
import { insertDeliveries, insertMessages } from './delivery-store.ts';
import { showDelivery } from './endpoint.ts';
import { type EndpointRow, lockEndpoint } from './endpoint-store.ts';
import { type DeliveryRow, findDelivery, sendAgain, sendFailedAgain } from './log-store.ts';

interface OfEndpoint {
  organisationId: OrganisationId;
  endpointId: WebhookEndpointId;
}
type EndpointCall = ActingCall & {
  caller: { userId: string };
  params: OfEndpoint;
  retry: Retry | null;
  operation: string;
};

/** Sends a test to an endpoint. */
export function testWebhookEndpoint(app: App, call: EndpointCall): Promise<WebhookDelivery> {
  const { organisationId, endpointId } = call.params;
  return once(app, call, async (trx) => {
    const endpoint = await lockEnabled(trx, call.params);
    const now = app.clock.now();
    const messageId = app.newId('webhookMessage');
    const id = app.newId('webhookDelivery');
    const payload = { text: 'This is a test from Admit.' };
    await insertMessages(trx, [
      {
        id: messageId,
        organisationId,
        outboxId: null,
        eventId: null,
        type: testType,
        payload,
        createdAt: now,
      },
    ]);
    await insertDeliveries(trx, [{ id, endpointId, messageId, isOff: false }], now);
    noteAct(app, trx, call, {
      act: 'webhook_endpoint.tested',
      organisationId,
      subject: { type: 'webhook_endpoint', id: endpointId, title: endpoint.url },
      before: null,
      after: { message: messageId },
    });
    return showDelivery((await findDelivery(trx, endpointId, id)) as DeliveryRow);
  });
}

/** Has one webhook sent again under its id. */
export function replayWebhook(
  app: App,
  call: EndpointCall & { params: OfEndpoint & { deliveryId: WebhookDeliveryId } },
): Promise<WebhookDelivery> {
  const { endpointId, deliveryId } = call.params;
  return once(app, call, async (trx) => {
    const endpoint = await lockEnabled(trx, call.params);
    if (!(await findDelivery(trx, endpointId, deliveryId))) throw new Refused('not_found');
    const count = await sendAgain(trx, endpointId, deliveryId, app.clock.now());
    if (count > 0) noteReplay(app, trx, call, endpoint, { message: deliveryId, count });
    return showDelivery((await findDelivery(trx, endpointId, deliveryId)) as DeliveryRow);
  });
}

/** Has webhooks sent again that have failed since a time, the oldest first. */
export function replayFailedWebhooks(
  app: App,
  call: EndpointCall & { body: { since: string } },
): Promise<{ count: number }> {
  const { endpointId } = call.params;
  return once(app, call, async (trx) => {
    const endpoint = await lockEnabled(trx, call.params);
    const since = new Date(call.body.since);
    const count = await sendFailedAgain(trx, endpointId, {
      since,
      limit: mostReplayed,
      now: app.clock.now(),
    });
    if (count > 0) noteReplay(app, trx, call, endpoint, { from: since.toISOString(), count });
    return { count };
  });
}

async function lockEnabled(
  trx: Transaction,
  { organisationId, endpointId }: OfEndpoint,
): Promise<EndpointRow> {
  const endpoint = await lockEndpoint(trx, organisationId, endpointId);
  if (!endpoint) throw new Refused('not_found');
  if (endpoint.disabledAt) throw new Refused('webhook_endpoint_disabled');
  return endpoint;
}

function noteReplay(
  app: App,
  trx: Transaction,
  call: ActingCall,
  { id, organisationId, url }: EndpointRow,
  after: Record<string, unknown>,
): void {
  noteAct(app, trx, call, {
    act: 'webhook_endpoint.replayed',
    organisationId,
    subject: { type: 'webhook_endpoint', id, title: url },
    before: null,
    after,
  });
}
