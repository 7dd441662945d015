import { z } from 'zod';
import { apiKeyScopes } from './api-key-scopes.ts';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { instantSchema } from './time.ts';

/**
 * Keys with which programs of an organisation call the API: `Authorization: Bearer admit_…`. docs/api-keys.md says what a
 * key may do.
 */

export const apiKeyPrefix = 'admit_';
/** How many valid keys an organisation may have. */
export const mostApiKeys = 50;
export const mostApiKeyEvents = 200;
/** How long the old secret may work beside the new one. */
export const mostOverlapHours = 168;
/** How many requests one key may make in a minute, over all operations. */
export const apiKeyLimit = { max: 1200, seconds: 60 } as const;

const secretSchema = z.string().meta({
  description:
    'The secret, once: the server keeps only its hash. `admit_`, 40 random letters and digits, and 6 that are a checksum.',
  examples: ['admit_4Jv0qZ8sXw1nC5tYbL7mR2kD9pFhGa3eUiOyTzNc0AbCdE'],
});

export const apiKeySchema = z
  .object({
    id: idSchema('apiKey'),
    name: z.string(),
    hint: z.string().meta({ description: 'How the secret begins, so that a person recognises it.' }),
    scopes: z.array(z.enum(apiKeyScopes)),
    eventIds: z
      .array(idSchema('event'))
      .nullable()
      .meta({ description: 'The events that the key is for; null is all events of the organisation.' }),
    madeBy: z.object({ id: idSchema('user'), name: z.string() }).meta({
      description: 'The key never does more than the role of this person allows, and ends when they leave.',
    }),
    createdAt: instantSchema,
    expiresAt: z.nullable(instantSchema),
    lastUsedAt: z.nullable(instantSchema).meta({ description: 'Written once a minute at most.' }),
    rotatedAt: z.nullable(instantSchema),
    oldSecretUntil: z.nullable(instantSchema).meta({
      description: 'Until when the secret before the last rotation still works.',
    }),
    state: z.enum(['valid', 'expired', 'revoked']),
    revokedAt: z.nullable(instantSchema),
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.infer<typeof apiKeySchema>;

const newKeySchema = z
  .strictObject({
    name: z.string().trim().min(1).max(80),
    scopes: z
      .array(z.enum(apiKeyScopes))
      .min(1)
      .max(apiKeyScopes.length)
      .refine((all) => new Set(all).size === all.length, { message: 'names a scope twice' }),
    eventIds: z
      .array(idSchema('event'))
      .min(1)
      .max(mostApiKeyEvents)
      .optional()
      .meta({ description: 'The events that the key is for. Without it, all events of the organisation.' }),
    expiresAt: z
      .optional(instantSchema)
      .meta({ description: 'When the key ends by itself. Without it, never.' }),
  })
  .meta({ id: 'NewApiKey' });
export type NewApiKey = z.infer<typeof newKeySchema>;

const params = z.object({ organisationId: idSchema('organisation') });
const keyParams = params.extend({ apiKeyId: idSchema('apiKey') });
const shared = { tag: 'Integrations', access: 'team', needs: 'integrations.manage' } as const;

export const listApiKeys = operation({
  ...shared,
  id: 'listApiKeys',
  method: 'GET',
  path: '/api/organisations/{organisationId}/api-keys',
  summary: 'List the API keys of an organisation, the valid ones first, then the newest',
  description: 'Keys that have expired or were revoked are listed for 30 days more.',
  params,
  status: 200,
  reply: z.object({ items: z.array(apiKeySchema) }),
  errors: [],
});

export const makeApiKey = operation({
  ...shared,
  id: 'makeApiKey',
  method: 'POST',
  path: '/api/organisations/{organisationId}/api-keys',
  summary: 'Make an API key; the answer has its secret, once',
  description:
    'The key acts for you: it never does more than your role allows, and it ends when you leave the team. A scope to write includes the scope to read in the same area.',
  params,
  body: newKeySchema,
  rateLimit: { max: 30, seconds: 60 },
  // The secret of the first answer is not kept, so a second request could not get it.
  repeatable: false,
  status: 201,
  reply: z.object({ key: apiKeySchema, secret: secretSchema }),
  acts: ['api_key.made'],
  errors: ['unknown_event', 'too_many_api_keys'],
  example: { body: { name: 'Web shop', scopes: ['events:read', 'orders:read'] } },
});

export const rotateApiKey = operation({
  ...shared,
  id: 'rotateApiKey',
  method: 'POST',
  path: '/api/organisations/{organisationId}/api-keys/{apiKeyId}/secret',
  summary: 'Give an API key another secret; for some hours both work',
  description:
    'Only the person who made the key can do this, because whoever has the secret acts with their role. `api_key_ended` means that the key has expired or was revoked.',
  params: keyParams,
  body: z.strictObject({
    overlapHours: z.int().min(0).max(mostOverlapHours).meta({
      description: 'How long the old secret still works. 0 ends it at once.',
    }),
  }),
  rateLimit: { max: 30, seconds: 60 },
  repeatable: false,
  status: 200,
  reply: z.object({ key: apiKeySchema, secret: secretSchema }),
  acts: ['api_key.rotated'],
  errors: ['api_key_ended', 'api_key_of_another'],
  example: { body: { overlapHours: 24 } },
});

export const revokeApiKey = operation({
  ...shared,
  id: 'revokeApiKey',
  method: 'DELETE',
  path: '/api/organisations/{organisationId}/api-keys/{apiKeyId}',
  summary: 'Revoke an API key; it is refused from its next request on',
  params: keyParams,
  rateLimit: { max: 120, seconds: 60 },
  status: 204,
  reply: null,
  acts: ['api_key.revoked'],
  errors: [],
});
