import type { FastifyInstance } from 'fastify';
import * as webhooks from '../../../contract/webhooks.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { withVersion } from '../../http/with-version.ts';
import { changeWebhookEndpoint } from './change-endpoint.ts';
import { deleteWebhookEndpoint } from './delete-endpoint.ts';
import { makeWebhookEndpoint } from './make-endpoint.ts';
import { getWebhookDelivery, listWebhookDeliveries, listWebhookEndpoints } from './read-log.ts';
import { rotateWebhookSecret } from './rotate-secret.ts';
import { replayFailedWebhooks, replayWebhook, testWebhookEndpoint } from './send-again.ts';

export function webhooksOutRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, webhooks.listWebhookEndpoints, listWebhookEndpoints);
  bind(http, app, webhooks.makeWebhookEndpoint, makeWebhookEndpoint);
  bind(http, app, webhooks.changeWebhookEndpoint, withVersion(changeWebhookEndpoint));
  bind(http, app, webhooks.deleteWebhookEndpoint, deleteWebhookEndpoint);
  bind(http, app, webhooks.rotateWebhookSecret, rotateWebhookSecret);
  bind(http, app, webhooks.testWebhookEndpoint, testWebhookEndpoint);
  bind(http, app, webhooks.listWebhookDeliveries, listWebhookDeliveries);
  bind(http, app, webhooks.getWebhookDelivery, getWebhookDelivery);
  bind(http, app, webhooks.replayWebhook, replayWebhook);
  bind(http, app, webhooks.replayFailedWebhooks, replayFailedWebhooks);
}
