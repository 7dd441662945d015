import { z } from 'zod';
import { doorDeviceHeaders } from './door-links.ts';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';

export const getDoorManifest = operation({
  id: 'getDoorManifest',
  method: 'GET',
  path: '/api/events/{eventId}/door-manifest',
  tag: 'Door',
  summary: 'Get what a gate needs without a network',
  description:
    'The tickets of the event, packed and signed with the key that signs codes; docs/door-manifest.md describes the bytes. With `since` the answer is a delta: the tickets that may have changed after that version. It is full all the same if the server can make no delta from there, or if the delta would have more than an eighth of the tickets.',
  access: 'door',
  needs: 'door.admit',
  headers: doorDeviceHeaders,
  params: z.object({ eventId: idSchema('event') }),
  query: z.strictObject({
    since: z
      .string()
      .max(60)
      .regex(/^[0-9a-f]{16}-[0-9]{1,20}$/)
      .optional()
      .meta({ description: 'The `version` of the manifest that the gate has.' }),
  }),
  rateLimit: { max: 240, seconds: 60 },
  budgets: ['manifestsPackedPerLink'],
  status: 200,
  reply: null,
  produces: 'application/vnd.admit.door-manifest',
  errors: [],
});
