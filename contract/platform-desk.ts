import { z } from 'zod';
import { userRoles } from './accounts.ts';
import { idSchema } from './ids.ts';
import { moneySchema } from './money.ts';
import { operation } from './operation.ts';
import { instantSchema } from './time.ts';

/* What admins of the platform find: accounts, organisations, events and orders of everybody (docs/admin.md). */

const find = z.optional(
  z
    .string()
    .trim()
    .max(200)
    .regex(/^\P{Cc}*$/u, 'expected no control characters'),
);
const limit = z.coerce.number().int().min(1).max(50).default(20);

const platformUserSchema = z
  .object({
    id: idSchema('user'),
    name: z.string(),
    email: z.string().nullable().meta({ description: 'Null for a guest.' }),
    emailVerified: z.boolean(),
    role: z.enum(userRoles),
    twoFactor: z.boolean(),
    createdAt: instantSchema,
    suspended: z.object({ at: instantSchema, reason: z.string() }).nullable(),
    sessions: z.int().min(0).meta({ description: 'How many sessions are open, 100 at most.' }),
    organisations: z.array(z.object({ id: idSchema('organisation'), name: z.string(), role: z.string() })),
  })
  .meta({ id: 'PlatformUser' });
export type PlatformUser = z.infer<typeof platformUserSchema>;

export const listUsers = operation({
  id: 'listUsers',
  method: 'GET',
  path: '/api/admin/users',
  tag: 'Admin',
  summary: 'Find accounts, the newest first',
  description:
    '`q` is the id of an account or a session, the beginning of an address, or a part of a name with three letters or more. Guests and deleted accounts are found by their id alone.',
  access: 'admin',
  query: z.strictObject({
    q: find,
    state: z.enum(['all', 'suspended', 'admins']).default('all'),
    cursor: z.optional(idSchema('user')),
    limit,
  }),
  rateLimit: { max: 120, seconds: 60 },
  status: 200,
  reply: z.object({ items: z.array(platformUserSchema), nextCursor: z.nullable(idSchema('user')) }),
  errors: [],
});

const platformOrganisationSchema = z
  .object({
    id: idSchema('organisation'),
    name: z.string(),
    slug: z.string(),
    createdAt: instantSchema,
    isVerified: z.boolean(),
    isSuspended: z.boolean(),
    payoutsHeld: z.boolean(),
    owners: z.array(z.object({ id: idSchema('user'), name: z.string(), email: z.string() })),
  })
  .meta({ id: 'PlatformOrganisation' });
export type PlatformOrganisation = z.infer<typeof platformOrganisationSchema>;

export const listOrganisations = operation({
  id: 'listOrganisations',
  method: 'GET',
  path: '/api/admin/organisations',
  tag: 'Admin',
  summary: 'Find organisations, the newest first',
  description: '`q` is an id, or a part of the name with three letters or more.',
  access: 'admin',
  query: z.strictObject({
    q: find,
    state: z.enum(['all', 'suspended', 'held']).default('all'),
    cursor: z.optional(idSchema('organisation')),
    limit,
  }),
  rateLimit: { max: 120, seconds: 60 },
  status: 200,
  reply: z.object({
    items: z.array(platformOrganisationSchema),
    nextCursor: z.nullable(idSchema('organisation')),
  }),
  errors: [],
});

const platformEventSchema = z
  .object({
    id: idSchema('event'),
    title: z.string(),
    slug: z.string(),
    status: z.enum(['draft', 'published', 'cancelled']),
    isRemoved: z.boolean(),
    startsAt: instantSchema,
    timeZone: z.string(),
    organisation: z.object({ id: idSchema('organisation'), name: z.string() }),
  })
  .meta({ id: 'PlatformEvent' });
export type PlatformEvent = z.infer<typeof platformEventSchema>;

export const listPlatformEvents = operation({
  id: 'listPlatformEvents',
  method: 'GET',
  path: '/api/admin/events',
  tag: 'Admin',
  summary: 'Find events of all organisations, also drafts and removed ones, the newest first',
  description:
    '`q` is the id of an event or an organisation, or a part of the title with three letters or more.',
  access: 'admin',
  query: z.strictObject({
    q: find,
    state: z.enum(['all', 'removed']).default('all'),
    cursor: z.optional(idSchema('event')),
    limit,
  }),
  rateLimit: { max: 120, seconds: 60 },
  status: 200,
  reply: z.object({ items: z.array(platformEventSchema), nextCursor: z.nullable(idSchema('event')) }),
  errors: [],
});

const platformOrderSchema = z
  .object({
    id: idSchema('order'),
    number: z.string(),
    status: z.enum(['pending', 'confirmed', 'failed', 'expired', 'cancelled']),
    buyer: z.object({ id: idSchema('user'), name: z.string(), email: z.string() }),
    event: z.object({ id: idSchema('event'), title: z.string() }),
    organisation: z.object({ id: idSchema('organisation'), name: z.string() }),
    total: moneySchema,
    refunded: moneySchema,
    createdAt: instantSchema,
  })
  .meta({ id: 'PlatformOrder' });
export type PlatformOrder = z.infer<typeof platformOrderSchema>;

export const listPlatformOrders = operation({
  id: 'listPlatformOrders',
  method: 'GET',
  path: '/api/admin/orders',
  tag: 'Admin',
  summary: 'Find orders of all organisations, the newest first',
  description:
    '`q` is the id of an order, a ticket, a payment or an account, the id of a payment at the provider, or the whole address of the buyer. Without `q` the list is empty.',
  access: 'admin',
  query: z.strictObject({ q: find, cursor: z.optional(idSchema('order')), limit }),
  rateLimit: { max: 120, seconds: 60 },
  status: 200,
  reply: z.object({ items: z.array(platformOrderSchema), nextCursor: z.nullable(idSchema('order')) }),
  errors: [],
});

const userParam = z.object({ userId: idSchema('user') });

export const endUserSessions = operation({
  id: 'endUserSessions',
  method: 'DELETE',
  path: '/api/admin/users/{userId}/sessions',
  tag: 'Admin',
  summary: 'End all sessions of an account, everywhere and at once',
  description: 'The person can sign in again. An admin ends their own other sessions in their account.',
  access: 'admin',
  params: userParam,
  status: 200,
  reply: z.object({ ended: z.int().min(0) }),
  acts: ['account.sessions_ended'],
  errors: ['forbidden'],
});

export const verifyOrganisation = operation({
  id: 'verifyOrganisation',
  method: 'PUT',
  path: '/api/admin/organisations/{organisationId}/verification',
  tag: 'Admin',
  summary: 'Say that the platform knows who an organisation is, or take it back',
  access: 'admin',
  params: z.object({ organisationId: idSchema('organisation') }),
  body: z.strictObject({ isVerified: z.boolean() }),
  bodyLimit: 1024,
  status: 200,
  reply: z.object({ id: idSchema('organisation'), isVerified: z.boolean() }),
  acts: ['organisation.verified'],
  errors: [],
  example: { body: { isVerified: true } },
});
