import { z } from 'zod';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { instantSchema } from './time.ts';
import { testType, webhookTypes } from './webhook-events.ts';

/**
 * Webhooks to programs of an organisation, by the convention of https://www.standardwebhooks.com. docs/webhooks.md says what
 * is sent, how a receiver verifies it, and when Admit tries again.
 */

export const mostWebhookEndpoints = 20;
/** How long the old secret may sign beside the new one. */
const mostOverlapHours = 168;
/** How many days Admit keeps what it sent, for the log and to send it again. */
export const webhookLogDays = 30;
/** How many webhooks one request can have sent again. */
export const mostReplayed = 10_000;

const urlSchema = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .meta({ description: 'An https address in the public internet, on port 443 or 8443.' });
const descriptionSchema = z.string().trim().max(120);
const typesSchema = z
  .array(z.enum(webhookTypes))
  .min(1)
  .max(webhookTypes.length)
  .refine((all) => new Set(all).size === all.length, { message: 'names a type twice' });
const withBuyerSchema = z.boolean().meta({
  description: 'Whether webhooks about orders have the name and address of the buyer.',
});
const secretSchema = z.string().meta({
  description: 'The secret with which Admit signs, `whsec_` and base64. Keep it on your server.',
  examples: ['whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDX1mlnRRnPF8='],
});

export const webhookEndpointSchema = z
  .object({
    id: idSchema('webhookEndpoint'),
    url: z.string(),
    description: z.string(),
    types: z.array(z.enum(webhookTypes)),
    withBuyer: withBuyerSchema,
    version: z.int().min(1),
    createdAt: instantSchema,
    disabled: z
      .object({
        at: instantSchema,
        reason: z.enum(['person', 'gone', 'failures']).meta({
          description:
            'person: a member of the team switched it off. gone: it answered 410. failures: nothing arrived for three days.',
        }),
      })
      .nullable(),
    oldSecretUntil: z.nullable(instantSchema).meta({ description: 'Until when the old secret signs too.' }),
    lastSuccessAt: z.nullable(instantSchema),
    failingSince: z.nullable(instantSchema).meta({
      description: 'Since when no attempt has succeeded. Null after a success.',
    }),
  })
  .meta({ id: 'WebhookEndpoint' });
export type WebhookEndpoint = z.infer<typeof webhookEndpointSchema>;

const statuses = ['pending', 'delivered', 'failed'] as const;
const deliverySchema = z
  .object({
    id: idSchema('webhookDelivery'),
    /** The `webhook-id`, the same in all attempts. */
    messageId: idSchema('webhookMessage'),
    type: z.enum([...webhookTypes, testType]),
    status: z.enum(statuses),
    createdAt: instantSchema,
    attempts: z.int().min(0),
    nextAt: z.nullable(instantSchema),
    finishedAt: z.nullable(instantSchema),
    lastStatus: z.nullable(z.int()).meta({ description: 'The HTTP status of the last attempt.' }),
    lastError: z.nullable(z.string()),
  })
  .meta({ id: 'WebhookDelivery' });
export type WebhookDelivery = z.infer<typeof deliverySchema>;

const attemptSchema = z.object({
  at: instantSchema,
  status: z.nullable(z.int()),
  error: z.nullable(z.string()).meta({ description: 'Why there was no answer.' }),
  durationMs: z.int().min(0),
  excerpt: z.string().meta({ description: 'The beginning of the answer.' }),
});
const fullDeliverySchema = deliverySchema
  .extend({
    body: z.string().meta({ description: 'What was sent, without the buyer.' }),
    log: z.array(attemptSchema).meta({ description: 'The attempts, the latest first.' }),
  })
  .meta({ id: 'FullWebhookDelivery' });
export type FullWebhookDelivery = z.infer<typeof fullDeliverySchema>;

const params = z.object({ organisationId: idSchema('organisation') });
const endpointParams = params.extend({ endpointId: idSchema('webhookEndpoint') });
const deliveryParams = endpointParams.extend({ deliveryId: idSchema('webhookDelivery') });
const shared = { tag: 'Integrations', access: 'team', needs: 'integrations.manage' } as const;
const root = '/api/organisations/{organisationId}/webhook-endpoints';
const ofOne = `${root}/{endpointId}` as const;

export const listWebhookEndpoints = operation({
  ...shared,
  id: 'listWebhookEndpoints',
  method: 'GET',
  path: root,
  summary: 'List the webhook endpoints of an organisation, the oldest first',
  params,
  status: 200,
  reply: z.object({ items: z.array(webhookEndpointSchema) }),
  errors: [],
});

export const makeWebhookEndpoint = operation({
  ...shared,
  id: 'makeWebhookEndpoint',
  method: 'POST',
  path: root,
  summary: 'Have webhooks sent to an address; the answer has the secret, once',
  description:
    'Admit signs each webhook by the convention of Standard Webhooks, tries for three days if the receiver does not answer with 2xx, and switches the endpoint off at 410. It never sends to private addresses, and follows no redirects.',
  params,
  body: z.strictObject({
    url: urlSchema,
    description: z.optional(descriptionSchema),
    types: typesSchema,
    withBuyer: withBuyerSchema,
  }),
  rateLimit: { max: 30, seconds: 60 },
  // The secret of the first answer is not kept in the clear, so a second request could not get it.
  repeatable: false,
  status: 201,
  reply: z.object({ endpoint: webhookEndpointSchema, secret: secretSchema }),
  acts: ['webhook_endpoint.made'],
  errors: ['webhook_url_refused', 'too_many_webhook_endpoints'],
  example: {
    body: {
      url: 'https://shop.example.com/hooks/admit',
      types: ['order.confirmed', 'order.refunded'],
      withBuyer: false,
    },
  },
});

export const changeWebhookEndpoint = operation({
  ...shared,
  id: 'changeWebhookEndpoint',
  method: 'PATCH',
  path: ofOne,
  summary: 'Change a webhook endpoint, or switch it on or off',
  description:
    'While an endpoint is off, what happens is noted in its log as failed, so that it can be sent again later.',
  params: endpointParams,
  body: z
    .strictObject({
      url: urlSchema,
      description: descriptionSchema,
      types: typesSchema,
      withBuyer: withBuyerSchema,
      enabled: z.boolean(),
    })
    .partial(),
  ifMatch: true,
  rateLimit: { max: 60, seconds: 60 },
  status: 200,
  etag: 'version',
  reply: webhookEndpointSchema,
  acts: ['webhook_endpoint.changed'],
  errors: ['webhook_url_refused'],
  example: { body: { description: 'Accounting' } },
});

export const deleteWebhookEndpoint = operation({
  ...shared,
  id: 'deleteWebhookEndpoint',
  method: 'DELETE',
  path: ofOne,
  summary: 'Delete a webhook endpoint with its log',
  params: endpointParams,
  rateLimit: { max: 60, seconds: 60 },
  repeatable: false,
  status: 204,
  reply: null,
  acts: ['webhook_endpoint.deleted'],
  errors: [],
});

export const rotateWebhookSecret = operation({
  ...shared,
  id: 'rotateWebhookSecret',
  method: 'POST',
  path: `${ofOne}/secret`,
  summary: 'Give a webhook endpoint another secret; for some hours both sign',
  params: endpointParams,
  body: z.strictObject({ overlapHours: z.int().min(0).max(mostOverlapHours) }),
  rateLimit: { max: 30, seconds: 60 },
  repeatable: false,
  status: 200,
  reply: z.object({ endpoint: webhookEndpointSchema, secret: secretSchema }),
  acts: ['webhook_endpoint.secret_rotated'],
  errors: [],
  example: { body: { overlapHours: 24 } },
});

export const testWebhookEndpoint = operation({
  ...shared,
  id: 'testWebhookEndpoint',
  method: 'POST',
  path: `${ofOne}/tests`,
  summary: 'Send a test to a webhook endpoint',
  description: `It has the type \`${testType}\`, and its delivery is in the log.`,
  params: endpointParams,
  rateLimit: { max: 20, seconds: 60 },
  status: 202,
  reply: deliverySchema,
  acts: ['webhook_endpoint.tested'],
  errors: ['webhook_endpoint_disabled'],
});

export const listWebhookDeliveries = operation({
  ...shared,
  id: 'listWebhookDeliveries',
  method: 'GET',
  path: `${ofOne}/deliveries`,
  summary: 'List what was sent to a webhook endpoint, the latest first',
  description: `The log has the last ${webhookLogDays} days.`,
  params: endpointParams,
  query: z.strictObject({
    status: z.optional(z.enum(statuses)),
    cursor: z.optional(idSchema('webhookDelivery')),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  status: 200,
  reply: z.object({ items: z.array(deliverySchema), nextCursor: z.nullable(idSchema('webhookDelivery')) }),
  errors: [],
});

export const getWebhookDelivery = operation({
  ...shared,
  id: 'getWebhookDelivery',
  method: 'GET',
  path: `${ofOne}/deliveries/{deliveryId}`,
  summary: 'Show one webhook with its attempts',
  params: deliveryParams,
  status: 200,
  reply: fullDeliverySchema,
  errors: [],
});

export const replayWebhook = operation({
  ...shared,
  id: 'replayWebhook',
  method: 'POST',
  path: `${ofOne}/deliveries/{deliveryId}/replays`,
  summary: 'Send one webhook again',
  description: 'It keeps its `webhook-id`, so a receiver that has it can ignore it.',
  params: deliveryParams,
  rateLimit: { max: 60, seconds: 60 },
  status: 202,
  reply: deliverySchema,
  acts: ['webhook_endpoint.replayed'],
  errors: ['webhook_endpoint_disabled'],
});

export const replayFailedWebhooks = operation({
  ...shared,
  id: 'replayFailedWebhooks',
  method: 'POST',
  path: `${ofOne}/replays`,
  summary: 'Send all webhooks again that have failed since a time',
  description: `At most ${mostReplayed} at once, the oldest first. The answer says how many.`,
  params: endpointParams,
  body: z.strictObject({ since: instantSchema }),
  rateLimit: { max: 10, seconds: 60 },
  status: 202,
  reply: z.object({ count: z.int().min(0) }),
  acts: ['webhook_endpoint.replayed'],
  errors: ['webhook_endpoint_disabled'],
  example: { body: { since: '2026-11-29T00:00:00Z' } },
});
