import { z } from 'zod';
import { placeSchema } from './holds.ts';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';
import {
  answersSchema,
  answerValueSchema,
  questionFormFields,
  questionKeySchema,
  questionKinds,
  questionParts,
  seenVersionSchema,
  termsParts,
} from './question-fields.ts';
import { instantSchema } from './time.ts';

/* What an event asks of its buyers, what they answered, and the terms that they accepted (docs/questions.md). */

const questionSchema = z.object(questionParts).meta({ id: 'Question' });

const termsSchema = z
  .object({
    ...termsParts,
    version: z.int().min(1).meta({
      description: 'Rises when the label, the text or the address changes. A buyer accepts one version.',
    }),
  })
  .meta({ id: 'Terms' });

const formFields = {
  version: z.int().min(0).meta({ description: '0 before anybody has asked anything.' }),
  questions: z.array(questionSchema),
  unchangedSince: z.optional(
    z.record(questionKeySchema, z.int()).meta({
      description: 'By question, the first version in which it reads as it does now.',
    }),
  ),
  terms: z.array(termsSchema),
  changeHours: z.int().nullable().meta({
    description: 'Until how many hours before the start holders may change their answers; null for never.',
  }),
};
const eventQuestionsSchema = z.object(formFields).meta({ id: 'EventQuestions' });
export type EventQuestions = z.infer<typeof eventQuestionsSchema>;

const managedFormSchema = z
  .object({
    ...formFields,
    answered: z.array(questionKeySchema).meta({
      description: 'Questions that were answered. Such a question keeps its kind and scope.',
    }),
    archived: z
      .array(z.object({ question: questionSchema, answers: z.int() }))
      .meta({ description: 'Questions that were answered and are not asked any more.' }),
  })
  .meta({ id: 'QuestionForm' });
export type ManagedQuestionForm = z.infer<typeof managedFormSchema>;

const answerSchema = z
  .object({
    question: z.string(),
    kind: z.enum(questionKinds),
    label: z.string().meta({ description: 'The question in the words in which it was answered.' }),
    value: answerValueSchema,
    text: z.string().meta({ description: 'The answer in words.' }),
    answeredAt: instantSchema,
  })
  .meta({ id: 'Answer' });
export type Answer = z.infer<typeof answerSchema>;

const ticketAnswersSchema = z
  .object({
    ticketId: idSchema('ticket'),
    ticketTypeId: idSchema('ticketType'),
    ticketTypeName: z.string(),
    place: placeSchema.nullable(),
    answers: z.array(answerSchema),
    missing: z.array(z.string()).meta({ description: 'Keys of required questions without an answer.' }),
    changeable: z
      .enum(['yes', 'missing', 'no'])
      .meta({ description: '`missing`: the holder may answer what is missing and change nothing.' }),
  })
  .meta({ id: 'TicketAnswers' });
export type TicketAnswers = z.infer<typeof ticketAnswersSchema>;

const orderAnswersSchema = z
  .object({
    form: eventQuestionsSchema,
    answers: z.array(answerSchema).meta({ description: 'Of the whole order.' }),
    missing: z.array(z.string()),
    changeable: ticketAnswersSchema.shape.changeable,
    changeableUntil: z.nullable(instantSchema),
    tickets: z
      .array(ticketAnswersSchema)
      .meta({ description: 'For the buyer without tickets that were passed on.' }),
    accepted: z
      .object({ at: instantSchema, terms: z.array(termsSchema) })
      .nullable()
      .meta({ description: 'The terms that the buyer accepted, in the version that they saw.' }),
  })
  .meta({ id: 'OrderAnswers' });
export type OrderAnswersReply = z.infer<typeof orderAnswersSchema>;

const attendeeAnswersSchema = z
  .object({
    ticketId: idSchema('ticket'),
    orderId: idSchema('order'),
    orderNumber: z.string(),
    ticketTypeName: z.string(),
    place: placeSchema.nullable(),
    attendeeName: z.string().nullable(),
    buyerName: z.string(),
    answers: z.array(answerSchema).meta({ description: 'Of the ticket, and of its order.' }),
    missing: z.array(z.string()),
  })
  .meta({ id: 'AttendeeAnswers' });
export type AttendeeAnswers = z.infer<typeof attendeeAnswersSchema>;

const eventParam = z.object({ eventId: idSchema('event') });
const orderParam = z.object({ orderId: idSchema('order') });
const ticketParam = z.object({ ticketId: idSchema('ticket') });
const answersBody = z.strictObject({ version: seenVersionSchema, answers: answersSchema });
const key = questionKeySchema;

export const getEventQuestions = operation({
  id: 'getEventQuestions',
  method: 'GET',
  path: '/api/events/{eventId}/questions',
  tag: 'Buy',
  summary: 'Read what an event asks of its buyers, and the terms that they accept',
  description:
    'Answers and accepted terms travel with the order (`placeOrder`). An event that asks nothing has empty lists.',
  access: 'public',
  params: eventParam,
  status: 200,
  etag: 'content',
  reply: eventQuestionsSchema,
  errors: ['not_found'],
});

export const getQuestionForm = operation({
  id: 'getQuestionForm',
  method: 'GET',
  path: '/api/events/{eventId}/question-form',
  tag: 'Organise',
  summary: 'Read the questions of an event for an edit, with those that are not asked any more',
  access: 'team',
  needs: 'events.read',
  params: eventParam,
  status: 200,
  etag: 'version',
  reply: managedFormSchema,
  errors: [],
});

export const putQuestionForm = operation({
  id: 'putQuestionForm',
  method: 'PUT',
  path: '/api/events/{eventId}/question-form',
  tag: 'Organise',
  summary: 'Replace the questions and terms of an event',
  description:
    'Answers are never lost: they keep the words of the question that they answered, also after the question is changed or left out. A key that was answered keeps its kind and scope. A question may depend on an earlier one only. An order that was not placed yet must answer the new questions.',
  access: 'team',
  needs: 'events.edit',
  params: eventParam,
  body: z.strictObject(questionFormFields.shape),
  bodyLimit: 256 * 1024,
  ifMatch: true,
  status: 200,
  etag: 'version',
  reply: managedFormSchema,
  acts: ['event.questions_changed'],
  errors: [],
  example: {
    body: {
      questions: [
        {
          key: 'diet',
          label: 'What do you eat?',
          kind: 'choice',
          scope: 'ticket',
          required: true,
          choices: [
            { key: 'all', label: 'Everything' },
            { key: 'vegan', label: 'Vegan' },
          ],
          atDoor: true,
        },
      ],
      terms: [{ key: 'house-rules', label: 'I accept the house rules', url: 'https://example.com/rules' }],
      changeHours: 24,
    },
  },
});

export const getOrderAnswers = operation({
  id: 'getOrderAnswers',
  method: 'GET',
  path: '/api/orders/{orderId}/answers',
  tag: 'Buy',
  summary: 'Read the answers of an order and its tickets, what is missing, and the accepted terms',
  access: 'holder-or-team',
  needs: 'orders.read',
  params: orderParam,
  status: 200,
  reply: orderAnswersSchema,
  errors: [],
});

export const putOrderAnswers = operation({
  id: 'putOrderAnswers',
  method: 'PUT',
  path: '/api/orders/{orderId}/answers',
  tag: 'Buy',
  summary: 'Change the answers of a whole order',
  description:
    'Replaces the answers to what is asked now. The buyer may until the time that the organiser has set, and may add what is missing until the event starts. The team may until the end of the event. Answers of single tickets are changed by `putTicketAnswers`.',
  access: 'holder-or-team',
  needs: 'orders.edit',
  params: orderParam,
  body: answersBody,
  bodyLimit: 1024 * 1024,
  rateLimit: { max: 60, seconds: 60 },
  status: 200,
  reply: orderAnswersSchema,
  acts: ['order.answers_changed'],
  errors: ['answers_refused', 'answers_fixed'],
  example: { body: { answers: {} } },
});

export const getTicketAnswers = operation({
  id: 'getTicketAnswers',
  method: 'GET',
  path: '/api/tickets/{ticketId}/answers',
  tag: 'Tickets',
  summary: 'Read what the holder of a ticket was asked and answered',
  access: 'holder-or-team',
  needs: 'orders.read',
  params: ticketParam,
  status: 200,
  reply: z.object({ form: eventQuestionsSchema, ticket: ticketAnswersSchema }),
  errors: ['ticket_transferred'],
});

export const putTicketAnswers = operation({
  id: 'putTicketAnswers',
  method: 'PUT',
  path: '/api/tickets/{ticketId}/answers',
  tag: 'Tickets',
  summary: 'Change the answers of a ticket',
  description:
    'As `putOrderAnswers`, for one ticket. Whoever got the ticket from somebody else answers for themselves: they never see the answers of an earlier holder.',
  access: 'holder-or-team',
  needs: 'orders.edit',
  params: ticketParam,
  body: answersBody,
  bodyLimit: 1024 * 1024,
  rateLimit: { max: 60, seconds: 60 },
  status: 200,
  reply: ticketAnswersSchema,
  acts: ['order.answers_changed'],
  errors: ['answers_refused', 'answers_fixed', 'ticket_transferred', 'ticket_cancelled'],
  example: { body: { answers: {} } },
});

export const listAnswers = operation({
  id: 'listAnswers',
  method: 'GET',
  path: '/api/events/{eventId}/answers',
  tag: 'Organise',
  summary: 'List the attendees of an event with their answers, in the order of their orders',
  description:
    'Tickets that are not cancelled. `question` with `answer` lists who answered so: the key of a choice, `yes` or `no`, or the text itself. `missing=yes` lists who has not answered what is required.',
  access: 'team',
  needs: 'orders.read',
  params: eventParam,
  query: z.strictObject({
    question: z.optional(key),
    answer: z.string().max(200).optional(),
    missing: z.enum(['yes']).optional(),
    cursor: z.optional(idSchema('order')),
    limit: z.coerce.number().int().min(1).max(100).default(50).meta({ description: 'Orders of one page.' }),
  }),
  status: 200,
  reply: z.object({ items: z.array(attendeeAnswersSchema), nextCursor: z.string().nullable() }),
  errors: [],
});

export const countAnswers = operation({
  id: 'countAnswers',
  method: 'GET',
  path: '/api/events/{eventId}/answer-counts',
  tag: 'Organise',
  summary: 'Count the answers to each question of an event, for example for the kitchen',
  description:
    'Counts answers of tickets that are not cancelled, and of orders that have such a ticket. Consents are counted by answer, and choices by answer and by the words in which they were chosen. So a choice that has other words now is there more than once.',
  access: 'team',
  needs: 'orders.read',
  params: eventParam,
  status: 200,
  reply: z.object({
    items: z.array(
      z.object({
        question: z.string(),
        label: z.string(),
        kind: z.enum(questionKinds),
        isArchived: z.boolean(),
        answered: z.int(),
        counts: z
          .array(z.object({ answer: z.string(), text: z.string(), count: z.int() }))
          .meta({ description: 'Empty for texts, numbers and dates.' }),
      }),
    ),
  }),
  errors: [],
});
