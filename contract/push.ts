import { z } from 'zod';
import { operation } from './operation.ts';

const base64Url = (bytes: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]+={0,2}$/)
    .refine((text) => text.replace(/=+$/, '').length === Math.ceil((bytes * 4) / 3));

export const getPushKey = operation({
  id: 'getPushKey',
  method: 'GET',
  path: '/api/push/key',
  tag: 'Messages',
  summary: 'Get the key with which a browser subscribes to notifications',
  description:
    'The `applicationServerKey` of `pushManager.subscribe` (RFC 8292). It follows from `SESSION_SECRET`. If that changes, the key changes too, and browsers have to subscribe again.',
  access: 'public',
  status: 200,
  reply: z.object({ publicKey: z.string().meta({ description: 'base64url, 65 bytes.' }) }),
  errors: [],
});

/** What `PushSubscription.toJSON()` gives in a browser. */
const subscriptionSchema = z
  .strictObject({
    endpoint: z.url({ protocol: /^https$/ }).max(1000),
    expirationTime: z.optional(z.nullable(z.number())),
    keys: z.strictObject({ p256dh: base64Url(65), auth: base64Url(16) }),
  })
  .meta({ id: 'PushSubscription' });

export const putPushSubscription = operation({
  id: 'putPushSubscription',
  method: 'PUT',
  path: '/api/me/push-subscriptions',
  tag: 'Messages',
  summary: 'Let a browser show you notifications',
  description:
    'Takes what `PushSubscription.toJSON()` gives. The endpoint belongs to whoever put it last. A person has 20 browsers at most; the oldest one goes. The endpoint must be an HTTPS address in the public internet.',
  access: 'signed-in',
  body: subscriptionSchema,
  status: 204,
  reply: null,
  errors: ['push_endpoint_refused'],
  example: {
    body: {
      endpoint: 'https://push.example/send/gAAAAABl',
      keys: {
        p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
        auth: 'BTBZMqHH6r4Tts7J_aSIgg',
      },
    },
  },
});

export const deletePushSubscription = operation({
  id: 'deletePushSubscription',
  method: 'DELETE',
  path: '/api/me/push-subscriptions',
  tag: 'Messages',
  summary: 'End the notifications of a browser',
  description: 'Nothing happens if the browser has none of yours.',
  access: 'signed-in',
  query: z.strictObject({ endpoint: z.string().max(1000) }),
  status: 204,
  reply: null,
  errors: [],
  example: { query: { endpoint: 'https://push.example/send/gAAAAABl' } },
});
