import { z } from 'zod';
import { cancellationReasonSchema } from './event-cancellations.ts';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { reportCategories, reportFields, secretAppealFields, statementSchema } from './report-fields.ts';
import { instantSchema } from './time.ts';

/*
 * Reports of events by anybody, the decisions of admins, and appeals: what the Digital Services Act of the EU asks of a platform in
 * articles 16, 17 and 20 (docs/moderation.md).
 */

const eventParam = z.object({ eventId: idSchema('event') });
const organisationParam = z.object({ organisationId: idSchema('organisation') });
const caseParam = z.object({ reportCaseId: idSchema('reportCase') });
const decisionParam = z.object({ decisionId: idSchema('moderationDecision') });

export const reportEvent = operation({
  id: 'reportEvent',
  method: 'POST',
  path: '/api/events/{eventId}/reports',
  tag: 'Explore',
  summary: 'Report an event to the platform',
  description:
    'With an address you get a mail that the report has arrived, and later the decision with its reasons and a way to appeal. Reports of one event that nobody has decided yet are looked at together.',
  access: 'public',
  params: eventParam,
  body: z.strictObject(reportFields.shape),
  bodyLimit: 32 * 1024,
  rateLimit: { max: 10, seconds: 60 },
  budgets: ['reportsPerNetwork', 'reportMailsPerRecipient'],
  status: 202,
  reply: z.object({ id: idSchema('report') }),
  errors: [],
  example: {
    body: {
      category: 'fraud',
      text: 'The band says that it does not play there.',
      place: 'In the title and the picture',
      name: 'Ada Osei',
      email: 'ada@example.com',
      goodFaith: true,
    },
  },
});

export const reportSchema = z.object({
  id: idSchema('report'),
  category: z.enum(reportCategories),
  text: z.string(),
  place: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  reportedAt: instantSchema,
});

export const grounds = ['law', 'terms'] as const;
export const decisionKinds = ['dismissed', 'event_removed', 'organisation_suspended'] as const;
export type DecisionKind = (typeof decisionKinds)[number];

const decisionShape = {
  id: idSchema('moderationDecision'),
  kind: z.enum(decisionKinds),
  title: z.string().meta({ description: 'The name of the event or the organisation.' }),
  ground: z
    .enum(grounds)
    .meta({ description: 'law: it is illegal. terms: it breaks the terms of the platform.' }),
  statement: z.string().meta({ description: 'The facts and reasons, in the words of the admin.' }),
  refund: z
    .enum(['full', 'none'])
    .nullable()
    .meta({ description: 'What became of sold tickets of a removed event.' }),
  decidedAt: instantSchema,
};

/** The most reports that a case shows. */
export const mostReportsShown = 50;

export const reportCaseSchema = z
  .object({
    id: idSchema('reportCase'),
    event: z.object({
      id: idSchema('event'),
      title: z.string(),
      slug: z.string().nullable().meta({ description: 'Null if the event was deleted.' }),
      status: z.enum(['draft', 'published', 'cancelled']).nullable(),
      isRemoved: z.boolean(),
    }),
    organisation: z.object({ id: idSchema('organisation'), name: z.string(), isSuspended: z.boolean() }),
    openedAt: instantSchema,
    count: z.int().min(1).meta({ description: 'How many reports there are.' }),
    reports: z
      .array(reportSchema)
      .meta({ description: `The first ${mostReportsShown}, the earliest first.` }),
    decision: z.object(decisionShape).nullable(),
  })
  .meta({ id: 'ReportCase' });
export type ReportCase = z.infer<typeof reportCaseSchema>;

export const listReports = operation({
  id: 'listReports',
  method: 'GET',
  path: '/api/admin/reports',
  tag: 'Admin',
  summary:
    'List reported events, each with all its reports; open ones the earliest first, decided ones the latest',
  access: 'admin',
  query: z.strictObject({
    state: z.enum(['open', 'decided']).default('open'),
    cursor: z.optional(idSchema('reportCase')),
    limit: z.coerce.number().int().min(1).max(50).default(20),
  }),
  status: 200,
  reply: z.object({ items: z.array(reportCaseSchema), nextCursor: z.nullable(idSchema('reportCase')) }),
  errors: [],
});

const decisionSchema = z.object(decisionShape).meta({ id: 'ModerationDecision' });
export type ModerationDecision = z.infer<typeof decisionSchema>;
const reasons = { ground: z.enum(grounds), statement: statementSchema };
const exampleReasons = {
  ground: 'terms',
  statement: 'The event sells tickets for a concert that does not take place.',
};

export const dismissReports = operation({
  id: 'dismissReports',
  method: 'POST',
  path: '/api/admin/reports/{reportCaseId}/dismissal',
  tag: 'Admin',
  summary: 'Decide that a reported event may stay',
  description:
    'Everybody who reported it with an address gets the statement by mail, and may appeal for six months.',
  access: 'admin',
  params: caseParam,
  body: z.strictObject(reasons),
  bodyLimit: 32 * 1024,
  status: 200,
  reply: decisionSchema,
  acts: ['report.dismissed'],
  errors: ['reports_decided'],
  example: { body: { ground: 'terms', statement: 'The venue has confirmed the concert.' } },
});

export const removeEvent = operation({
  id: 'removeEvent',
  method: 'POST',
  path: '/api/admin/events/{eventId}/removal',
  tag: 'Admin',
  summary: 'Remove an event from the platform, with the reasons',
  description:
    'Nobody but the team and the holders of tickets sees the event any more, and its sale ends. `refund: full` cancels the event for good: every order is refunded, as by `POST /api/events/{eventId}/cancellation`. `none` keeps the tickets valid, and the door goes on. The statement goes to the team and to everybody who reported the event, and decides its open reports.',
  access: 'admin',
  params: eventParam,
  body: z.strictObject({
    ...reasons,
    refund: z.enum(['full', 'none']),
    toBuyers: z.optional(cancellationReasonSchema).meta({
      description: 'With `full`: what the mail about the cancellation says to buyers.',
    }),
  }),
  bodyLimit: 32 * 1024,
  status: 200,
  reply: decisionSchema,
  acts: ['event.removed', 'event.cancelled'],
  errors: ['event_removed', 'event_cancelled', 'event_not_cancellable'],
  example: { body: { ...exampleReasons, refund: 'full' } },
});

export const restoreEvent = operation({
  id: 'restoreEvent',
  method: 'DELETE',
  path: '/api/admin/events/{eventId}/removal',
  tag: 'Admin',
  summary: 'Put a removed event back as it was',
  description:
    'A published event is published again. One that was cancelled stays cancelled, because its refunds are on their way. The team gets a mail.',
  access: 'admin',
  params: eventParam,
  status: 200,
  reply: z.object({ id: idSchema('event'), status: z.enum(['draft', 'published', 'cancelled']) }),
  acts: ['event.restored'],
  errors: ['event_not_removed'],
});

const standingSchema = z
  .object({
    id: idSchema('organisation'),
    name: z.string(),
    suspendedAt: z.nullable(instantSchema),
    payoutsHeld: z.nullable(z.object({ at: instantSchema, reason: z.string() })),
    verifiedAt: z.nullable(instantSchema),
  })
  .meta({ id: 'OrganisationStanding' });
export type OrganisationStanding = z.infer<typeof standingSchema>;

export const suspendOrganisation = operation({
  id: 'suspendOrganisation',
  method: 'POST',
  path: '/api/admin/organisations/{organisationId}/suspension',
  tag: 'Admin',
  summary: 'Suspend an organisation: it sells, publishes and is paid nothing until the suspension is lifted',
  description:
    'Sold tickets stay valid, and the door and refunds go on. Its sales end within seconds. The statement goes to the team, which may appeal for six months.',
  access: 'admin',
  params: organisationParam,
  body: z.strictObject(reasons),
  bodyLimit: 32 * 1024,
  status: 200,
  reply: decisionSchema,
  acts: ['organisation.suspended'],
  errors: ['organisation_suspended'],
  example: { body: exampleReasons },
});

export const liftSuspension = operation({
  id: 'liftSuspension',
  method: 'DELETE',
  path: '/api/admin/organisations/{organisationId}/suspension',
  tag: 'Admin',
  summary: 'Lift the suspension of an organisation; the sales that it stopped go on',
  access: 'admin',
  params: organisationParam,
  status: 200,
  reply: standingSchema,
  acts: ['organisation.suspension_lifted'],
  errors: ['organisation_not_suspended'],
});

export const holdPayouts = operation({
  id: 'holdPayouts',
  method: 'PUT',
  path: '/api/admin/organisations/{organisationId}/payout-hold',
  tag: 'Admin',
  summary: 'Hold the payouts of an organisation',
  description:
    'Nothing is paid out to it until the hold ends. It sells as before. The reason is for admins and the audit log.',
  access: 'admin',
  params: organisationParam,
  body: z.strictObject({ reason: z.string().trim().min(3).max(500) }),
  bodyLimit: 4096,
  status: 200,
  reply: standingSchema,
  acts: ['payouts.held'],
  errors: [],
  example: { body: { reason: 'The bank account belongs to somebody else.' } },
});

export const releasePayouts = operation({
  id: 'releasePayouts',
  method: 'DELETE',
  path: '/api/admin/organisations/{organisationId}/payout-hold',
  tag: 'Admin',
  summary: 'End the hold of an organisation’s payouts',
  access: 'admin',
  params: organisationParam,
  status: 200,
  reply: standingSchema,
  acts: ['payouts.released'],
  errors: [],
});

const appealShape = {
  id: idSchema('moderationAppeal'),
  text: z.string(),
  madeAt: instantSchema,
  outcome: z.enum(['upheld', 'reversed']).nullable().meta({ description: 'Null while nobody has answered.' }),
  answer: z.string().nullable(),
};

/** How long a decision can be appealed against, in days: six months. */
export const appealDays = 184;

const readableDecisionSchema = z
  .object({
    ...decisionShape,
    appealUntil: instantSchema,
    appeal: z.object(appealShape).omit({ id: true }).nullable(),
  })
  .meta({ id: 'ReadableDecision' });
export type ReadableDecision = z.infer<typeof readableDecisionSchema>;

const bySecret = { params: decisionParam, rateLimit: { max: 30, seconds: 60 } } as const;
const exampleSecret = 'k3QyZ0b1nT5m8uVx2cW7aE9rS4dF6gH0';

export const readDecision = operation({
  ...bySecret,
  id: 'readDecision',
  method: 'POST',
  path: '/api/decisions/{decisionId}',
  tag: 'Explore',
  summary: 'Read a decision about a report, an event or an organisation with the secret of its mail',
  access: 'secret',
  body: z.strictObject({ secret: secretAppealFields.shape.secret, report: secretAppealFields.shape.report }),
  bodyLimit: 1024,
  status: 200,
  reply: readableDecisionSchema,
  errors: [],
  example: { body: { secret: exampleSecret } },
});

export const appealDecision = operation({
  ...bySecret,
  id: 'appealDecision',
  method: 'POST',
  path: '/api/decisions/{decisionId}/appeals',
  tag: 'Explore',
  summary: 'Appeal against a decision, once, within six months',
  description: 'Another admin than the one who decided answers by mail. The same text again changes nothing.',
  access: 'secret',
  body: z.strictObject(secretAppealFields.shape),
  bodyLimit: 32 * 1024,
  status: 200,
  reply: readableDecisionSchema,
  errors: ['decision_appealed', 'appeal_too_late'],
  example: { body: { secret: exampleSecret, text: 'Here is the contract with the band.' } },
});

const listedAppealSchema = z
  .object({
    ...appealShape,
    by: z.enum(['reporter', 'organisation']),
    decision: z.object(decisionShape),
    organisation: z.object({ id: idSchema('organisation'), name: z.string() }),
    decidedByMe: z
      .boolean()
      .meta({ description: 'True if you made the decision. Then somebody else must answer.' }),
  })
  .meta({ id: 'ModerationAppeal' });
export type ModerationAppeal = z.infer<typeof listedAppealSchema>;

export const listAppeals = operation({
  id: 'listAppeals',
  method: 'GET',
  path: '/api/admin/appeals',
  tag: 'Admin',
  summary: 'List appeals; open ones the earliest first, answered ones the latest',
  access: 'admin',
  query: z.strictObject({
    state: z.enum(['open', 'answered']).default('open'),
    cursor: z.optional(idSchema('moderationAppeal')),
    limit: z.coerce.number().int().min(1).max(50).default(20),
  }),
  status: 200,
  reply: z.object({
    items: z.array(listedAppealSchema),
    nextCursor: z.nullable(idSchema('moderationAppeal')),
  }),
  errors: [],
});

export const answerAppeal = operation({
  id: 'answerAppeal',
  method: 'POST',
  path: '/api/admin/appeals/{appealId}/answer',
  tag: 'Admin',
  summary: 'Answer an appeal against the decision of another admin',
  description:
    '`reversed` undoes the decision: a removed event is put back, a suspension is lifted, and reports that were dismissed are open again for a new decision. The answer goes to whoever appealed.',
  access: 'admin',
  params: z.object({ appealId: idSchema('moderationAppeal') }),
  body: z.strictObject({ outcome: z.enum(['upheld', 'reversed']), statement: statementSchema }),
  bodyLimit: 32 * 1024,
  status: 200,
  reply: listedAppealSchema,
  acts: ['appeal.answered', 'event.restored', 'organisation.suspension_lifted'],
  errors: ['appeal_answered', 'appeal_of_own_decision'],
  example: { body: { outcome: 'upheld', statement: 'The contract names another date.' } },
});
