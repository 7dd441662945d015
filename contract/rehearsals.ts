import { z } from 'zod';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { instantSchema } from './time.ts';

/*
 * A rehearsal of a sale: simulated people come to a copy of the event in virtual time. Draw, admission, estimates and scores are
 * decided by the functions that decide in a real sale. Nothing of the event changes, and no money moves.
 */
const count = z.int().min(0);
const seconds = z.number().min(0);

const wishesFields = {
  people: z.int().min(10).max(20_000).meta({ description: 'How many accounts come.' }),
  bots: z.number().min(0).max(0.9).meta({ description: 'The share of accounts that belong to scalpers.' }),
  peoplePerMinute: z
    .nullable(z.int().min(1).max(100_000))
    .meta({ description: 'How many people a minute are let in; null: as fast as Admit keeps up.' }),
  seed: z.int().min(0).max(1_000_000).meta({ description: 'The same seed gives the same people.' }),
};

const figuresSchema = z.object({
  places: count.meta({ description: 'Places that were free when the rehearsal began.' }),
  sold: count,
  soldOutMinutes: z.nullable(z.number()).meta({
    description: 'How many minutes after the opening everything was sold; null if it was not.',
  }),
  tickets: z.object({ honest: count, bots: count }).meta({ description: 'Who has the tickets at the end.' }),
  admitted: z.object({ honest: count, bots: count }).meta({ description: 'Who got a turn.' }),
  longestQueue: count,
  waits: z
    .nullable(z.object({ people: count, toldMedianSeconds: seconds, realMedianSeconds: seconds }))
    .meta({
      description: 'Of honest people: what they were told, and how long it took; null if nobody was told.',
    }),
  refusals: z.record(z.string(), count).meta({ description: 'How often each refusal was given.' }),
  brokenPromises: z.array(z.string()).meta({ description: 'Empty if every promise was kept.' }),
  minutes: z
    .array(z.object({ minute: z.int(), waiting: count, admitted: count, sold: count }))
    .meta({ description: 'The state at the end of each minute; minute 0 is the opening.' }),
});

export const rehearsalSchema = z
  .object({
    id: idSchema('rehearsal'),
    eventId: idSchema('event'),
    status: z.enum(['waiting', 'done', 'failed']),
    ...wishesFields,
    figures: z.nullable(figuresSchema),
    createdAt: instantSchema,
    finishedAt: z.nullable(instantSchema),
  })
  .meta({ id: 'Rehearsal' });
export type Rehearsal = z.infer<typeof rehearsalSchema>;

const eventParam = z.object({ eventId: idSchema('event') });

export const rehearseSale = operation({
  id: 'rehearseSale',
  method: 'POST',
  path: '/api/events/{eventId}/rehearsals',
  tag: 'Organise',
  summary: 'Rehearse the sale of an event with simulated people',
  description:
    'The people come to a copy of the event in virtual time: its free places, tickets per buyer, time to hold and to choose, and reviews of orders. A worker does it within a minute. Nothing of the event changes. docs/on-sale.md says what the people do and what the model leaves out.',
  access: 'team',
  needs: 'events.edit',
  params: eventParam,
  body: z.strictObject({
    people: wishesFields.people,
    bots: wishesFields.bots.default(0.3),
    peoplePerMinute: wishesFields.peoplePerMinute.default(null),
    seed: wishesFields.seed.default(1),
  }),
  rateLimit: { max: 20, seconds: 600 },
  status: 202,
  reply: rehearsalSchema,
  acts: ['event.rehearsed'],
  errors: ['rehearsal_under_way', 'sold_out', 'event_cancelled'],
  example: { body: { people: 2000 } },
});

export const listRehearsals = operation({
  id: 'listRehearsals',
  method: 'GET',
  path: '/api/events/{eventId}/rehearsals',
  tag: 'Organise',
  summary: 'List the rehearsals of an event, the latest first',
  description: 'The last twenty.',
  access: 'team',
  needs: 'events.edit',
  params: eventParam,
  status: 200,
  reply: z.object({ items: z.array(rehearsalSchema) }),
  errors: [],
});
