import { z } from 'zod';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { instantSchema } from './time.ts';

/* Work after a commit that was tried until Admit gave up. A person corrects the cause and has it done again. */

const numberSchema = z.string().regex(/^[0-9]{1,18}$/, 'expected a number');

export const failedJobSchema = z
  .object({
    id: numberSchema,
    task: z.string().meta({ description: 'What the job does, such as `settle-refund` or `send-mail`.' }),
    attempts: z.int().min(1),
    error: z.string().meta({ description: 'The error of the last attempt.' }),
    about: z.array(z.string()).meta({
      description:
        'The ids in its payload, such as those of an order and its event. Addresses and texts are left out.',
    }),
    createdAt: instantSchema,
    failedAt: instantSchema,
  })
  .meta({ id: 'FailedJob' });
export type FailedJob = z.infer<typeof failedJobSchema>;

export const listFailedJobs = operation({
  id: 'listFailedJobs',
  method: 'GET',
  path: '/api/admin/failed-jobs',
  tag: 'Admin',
  summary: 'List jobs whose last attempt failed, the latest first',
  description:
    'A job is tried up to 25 times within about three days. Admit keeps a failed one for 30 days. `GET /metrics` counts them as `admit_jobs{state="given_up"}`.',
  access: 'admin',
  query: z.strictObject({
    cursor: z.optional(numberSchema),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  status: 200,
  reply: z.object({ items: z.array(failedJobSchema), nextCursor: z.nullable(numberSchema) }),
  errors: [],
});

export const runFailedJob = operation({
  id: 'runFailedJob',
  method: 'POST',
  path: '/api/admin/failed-jobs/{jobId}/run',
  tag: 'Admin',
  summary: 'Have a failed job tried again',
  description:
    'The job is due at once and has all its attempts again. Jobs are safe to repeat: no refund and no mail leaves twice. A job that already waits or runs is left alone; one that is done is not found.',
  access: 'admin',
  params: z.object({ jobId: numberSchema }),
  status: 202,
  reply: z.object({ id: numberSchema, task: z.string() }),
  acts: ['job.run_again'],
  errors: [],
});

export const parkedMessageSchema = z
  .object({
    sink: z.string().meta({ description: 'Who refused it, such as `kafka` or `find-orders`.' }),
    id: numberSchema.meta({ description: 'The id of the message in its CloudEvent.' }),
    type: z.string(),
    eventId: idSchema('event'),
    error: z.string().meta({ description: 'Why the sink refused it the last time.' }),
    isDue: z.boolean().meta({ description: 'True if it will be delivered again within seconds.' }),
    createdAt: instantSchema,
    parkedAt: instantSchema,
  })
  .meta({ id: 'ParkedMessage' });
export type ParkedMessage = z.infer<typeof parkedMessageSchema>;

const sinkSchema = z.string().regex(/^[a-z][a-z-]{0,39}$/, 'expected the name of a sink');

/** Several sinks may have refused the same message. */
const parkedCursorSchema = z
  .string()
  .regex(/^[0-9]{1,18}:[a-z][a-z-]{0,39}$/, 'expected the `nextCursor` of an earlier page');

export const listParkedMessages = operation({
  id: 'listParkedMessages',
  method: 'GET',
  path: '/api/admin/parked-messages',
  tag: 'Admin',
  summary: 'List messages that a sink has refused for good, the latest first',
  description:
    'A message is parked after ten refusals, and the sink goes on without it. `GET /metrics` counts them as `admit_outbox_parked_messages{sink}`.',
  access: 'admin',
  query: z.strictObject({
    cursor: z.optional(parkedCursorSchema),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  status: 200,
  reply: z.object({ items: z.array(parkedMessageSchema), nextCursor: z.nullable(parkedCursorSchema) }),
  errors: [],
});

export const deliverParkedMessage = operation({
  id: 'deliverParkedMessage',
  method: 'POST',
  path: '/api/admin/parked-messages/{sink}/{position}/delivery',
  tag: 'Admin',
  summary: 'Have a parked message delivered again',
  description:
    'The sink gets it within seconds. If the sink refuses it again, it stays parked with the new error. A message that was delivered meanwhile is not found.',
  access: 'admin',
  params: z.object({ sink: sinkSchema, position: numberSchema }),
  status: 202,
  reply: parkedMessageSchema,
  acts: ['message.delivered_again'],
  errors: [],
});
