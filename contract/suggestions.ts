import { z } from 'zod';
import { categorySchema, eventFields } from './event-fields.ts';
import { idSchema } from './ids.ts';
import { type Language, languages } from './languages.ts';
import { currencySchema, moneySchema } from './money.ts';
import { operation } from './operation.ts';
import { tagsSchema } from './tags.ts';
import { instantSchema } from './time.ts';

/** What could stand in the fields of an event, for an organiser who looks for words and prices. Nothing applies it by itself. */

const language = z.enum(Object.keys(languages) as [Language, ...Language[]]);

/** A field that was typed so far, or nothing. */
const typed = (max: number) => z.string().trim().max(max).default('');

export const suggestionFields = ['title', 'summary', 'description', 'category', 'tags', 'price'] as const;

/** Why something is suggested. */
const becauseSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('similar'),
    /** How many published events it comes from. */
    events: z.int(),
    category: z.nullable(categorySchema),
    city: z.nullable(z.string()).meta({ description: 'Null: they are not of one city.' }),
  }),
  z.object({
    kind: z.literal('own'),
    title: z.string().meta({ description: 'An earlier event of the organisation.' }),
    startsAt: instantSchema,
    timeZone: z.string(),
  }),
  z.object({ kind: z.literal('typed') }).meta({ description: 'It follows from what is typed already.' }),
  z.object({
    kind: z.literal('model'),
    model: z.string().meta({ description: 'The language model that wrote it.' }),
  }),
]);
export type Because = z.infer<typeof becauseSchema>;

const suggested = { source: z.enum(['local', 'ai']), because: becauseSchema };
export const suggestionSchema = z
  .discriminatedUnion('field', [
    z.object({ field: z.literal('title'), value: z.string(), ...suggested }),
    z.object({ field: z.literal('summary'), value: z.string(), ...suggested }),
    z.object({ field: z.literal('description'), value: z.string(), ...suggested }),
    z.object({ field: z.literal('category'), value: categorySchema, ...suggested }),
    z.object({ field: z.literal('tags'), value: tagsSchema, ...suggested }),
    z.object({
      field: z.literal('price'),
      /** A quarter of the ticket types of these events cost less. */
      low: moneySchema,
      middle: moneySchema,
      /** A quarter of them cost more. */
      high: moneySchema,
      ...suggested,
    }),
  ])
  .meta({ id: 'Suggestion' });
export type Suggestion = z.infer<typeof suggestionSchema>;

export const suggestEvent = operation({
  id: 'suggestEvent',
  method: 'POST',
  path: '/api/organisations/{organisationId}/event-suggestions',
  tag: 'Organise',
  summary: 'Suggest texts, category, tags and prices for an event that is being written',
  description:
    'Changes nothing. Send what is typed so far. Suggestions with the source `local` come from what was typed, from earlier events of the organisation, and from the prices of similar published events. Suggestions with the source `ai` come from a language model, if the platform has one: `ai` says `off` if it has none, `limited` if the organisation has asked it as often as it may, `failed` if it gave no answer that can be used, and `used` otherwise. The model gets the fields of this request, with whatever names are in them. Admit takes e-mail addresses out, and telephone numbers that begin with + or 0.',
  access: 'team',
  needs: 'events.edit',
  params: z.object({ organisationId: idSchema('organisation') }),
  body: z.strictObject({
    language: language.default('en').meta({ description: 'Of the texts that are suggested.' }),
    title: typed(120),
    summary: typed(200),
    description: typed(20_000),
    category: z.nullable(categorySchema).default(null),
    tags: z._default(tagsSchema, []),
    startsAt: z.nullable(instantSchema).default(null),
    timeZone: z.nullable(eventFields.timeZone).default(null),
    venueName: typed(120),
    city: typed(80),
    country: z.nullable(z.string().regex(/^[A-Z]{2}$/)).default(null),
    currency: z.nullable(currencySchema).default(null),
    except: z
      .nullable(idSchema('event'))
      .default(null)
      .meta({ description: 'The event that is being written, which is not similar to itself.' }),
  }),
  rateLimit: { max: 30, seconds: 60 },
  status: 200,
  reply: z
    .object({
      items: z.array(suggestionSchema),
      ai: z.enum(['off', 'used', 'failed', 'limited']),
    })
    .meta({ id: 'Suggestions' }),
  budgets: ['modelQuestionsPerOrganisation'],
  errors: [],
  example: { body: { title: 'Night Shift', city: 'Berlin', country: 'DE', currency: 'EUR' } },
});
