import { z } from 'zod';
import { actNames, subjectTypes } from './acts.ts';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { teamRoles } from './team-roles.ts';
import { instantSchema } from './time.ts';

const changed = z.record(z.string(), z.unknown()).nullable().meta({
  description:
    'Only what differs, by name; null if the thing did not exist. Lists of ticket types, pools and promo codes are objects by id, key and code. Long texts and seat layouts are a length and a hash.',
});

export const auditEntrySchema = z
  .object({
    id: idSchema('auditEntry'),
    at: instantSchema,
    act: z.enum(actNames),
    organisationId: z.nullable(idSchema('organisation')).meta({
      description: 'The organisation that the act concerns; null for acts of the platform.',
    }),
    actor: z.object({
      kind: z.enum(['user', 'secret', 'system', 'provider']).meta({
        description:
          'user: a signed-in person. secret: somebody who knows the secret of a mail. system: a job of Admit. provider: the payment provider.',
      }),
      id: z
        .string()
        .nullable()
        .meta({ description: 'The id of the user, or the name of the job or provider.' }),
      name: z.string().nullable().meta({
        description: 'The present name of the user; null after the account was deleted.',
      }),
      role: z
        .enum([...teamRoles, 'admin'])
        .nullable()
        .meta({
          description: 'The role that the user had in the organisation or on the platform at the time.',
        }),
      apiKey: z
        .object({ id: idSchema('apiKey'), name: z.string() })
        .nullable()
        .meta({ description: 'The API key that acted for the user, with its name at the time.' }),
    }),
    from: z
      .object({
        network: z.string().meta({
          description: 'The IPv4 address, or the /64 prefix of the IPv6 address, of the client.',
        }),
        userAgent: z.string().nullable(),
      })
      .nullable()
      .meta({ description: 'Where the request came from; erased after 400 days. Null for jobs.' }),
    subject: z.object({
      type: z.enum(subjectTypes),
      id: z.string(),
      name: z.string().nullable().meta({
        description: 'The title of an event at the time, or the present name of a person or organisation.',
      }),
    }),
    before: changed,
    after: changed,
    requestId: z.string().nullable().meta({
      description: 'The `X-Request-Id` of the answer to the request that caused the act. Null for jobs.',
    }),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof auditEntrySchema>;

const filters = {
  actor: z.optional(idSchema('user')),
  act: z.optional(z.enum(actNames)),
  subjectType: z.optional(z.enum(subjectTypes)),
  subject: z.optional(
    z
      .string()
      .regex(/^[a-z]{3}_[0-9A-HJKMNP-TV-Z]{26}$/, 'expected an id')
      .meta({
        description: 'The id of the event, person, invitation, organisation or item of unmatched money.',
        examples: ['evt_01K9ZC4V7R8W3T5XN2M6QHJDEF'],
      }),
  ),
  from: z.optional(instantSchema).meta({ description: 'Entries at this instant or later.' }),
  to: z.optional(instantSchema).meta({ description: 'Entries before this instant.' }),
  cursor: z.optional(idSchema('auditEntry')),
  limit: z.coerce.number().int().min(1).max(100).default(50),
};
const page = z.object({ items: z.array(auditEntrySchema), nextCursor: z.nullable(idSchema('auditEntry')) });

export const listAuditLog = operation({
  id: 'listAuditLog',
  method: 'GET',
  path: '/api/organisations/{organisationId}/audit-log',
  tag: 'Organise',
  summary: 'List what the team changed, the latest first',
  description:
    'Who did what, when, from where, and what was before and after. An entry is written in the transaction of its act and never changes.',
  access: 'team',
  needs: 'audit-log.read',
  params: z.object({ organisationId: idSchema('organisation') }),
  query: z.strictObject(filters),
  status: 200,
  reply: page,
  errors: [],
});

export const listPlatformAuditLog = operation({
  id: 'listPlatformAuditLog',
  method: 'GET',
  path: '/api/admin/audit-log',
  tag: 'Admin',
  summary: 'List what people and jobs changed on the whole platform, the latest first',
  access: 'admin',
  query: z.strictObject({ ...filters, organisationId: z.optional(idSchema('organisation')) }),
  status: 200,
  reply: page,
  errors: [],
});
