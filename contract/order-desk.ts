import { z } from 'zod';
import { auditEntrySchema } from './audit-log.ts';
import { eventMessageSchema } from './event-messages.ts';
import { idSchema } from './ids.ts';
import { moneySchema } from './money.ts';
import { operation } from './operation.ts';
import { bookEntrySchema } from './organiser-orders.ts';
import { ticketEventSchemas } from './ticket-history.ts';
import { instantSchema } from './time.ts';

/** An order at the desk of its organiser: what happened to it, and the notes and tags that the team gives it. */
const orderParam = z.object({ orderId: idSchema('order') });

const noteSchema = z
  .object({
    id: idSchema('orderNote'),
    text: z.string(),
    author: z.object({
      id: idSchema('user'),
      name: z.string().nullable().meta({ description: 'Null after the account was deleted.' }),
    }),
    createdAt: instantSchema,
  })
  .meta({ id: 'OrderNote' });

/** What happened to an order. Every kind has the instant at which it happened. */
const at = instantSchema;
const historyEntrySchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('ordered'), at }),
    z.object({ kind: z.literal('confirmed'), at }),
    z.object({
      kind: z.literal('payment'),
      at,
      status: z.string(),
      amount: moneySchema,
      provider: z.string(),
      reference: z.string().nullable().meta({ description: "The provider's id of it." }),
    }),
    z.object({
      kind: z.literal('refund'),
      at,
      status: z.string(),
      amount: moneySchema,
      provider: z.string(),
      reference: z.string().nullable(),
    }),
    z.object({ kind: z.literal('booked'), at, entry: bookEntrySchema }),
    z.object({
      kind: z.literal('ticket'),
      at,
      ticketId: idSchema('ticket'),
      became: z.enum(['issued', 'used']),
    }),
    ...ticketEventSchemas,
    z.object({ kind: z.literal('message'), at, message: eventMessageSchema }),
    z.object({ kind: z.literal('note'), at, note: noteSchema }),
    z.object({
      kind: z.literal('act'),
      at,
      act: auditEntrySchema.shape.act,
      actor: auditEntrySchema.shape.actor,
      subject: auditEntrySchema.shape.subject,
      before: auditEntrySchema.shape.before,
      after: auditEntrySchema.shape.after,
    }),
  ])
  .meta({ id: 'OrderHistoryEntry' });
export type OrderHistoryEntry = z.infer<typeof historyEntrySchema>;

const tagSchema = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .regex(/^[^\p{Cc},]*$/u, 'expected a text without commas');

export const getOrderHistory = operation({
  id: 'getOrderHistory',
  method: 'GET',
  path: '/api/orders/{orderId}/history',
  tag: 'Organise',
  summary: 'Read everything that happened to an order, the latest first, with its notes and tags',
  description:
    'Payments, refunds, messages and their states, tickets with their transfers, renames, exchanges and resales, other acts of the audit log, and notes of the team. An exchange is in the history of both of its orders: the one that had the ticket and the one that replaces it. The entries of the books (`booked`) are only for members who may see the books (`money.read`). The buyer sees neither notes nor tags.',
  access: 'team',
  needs: 'orders.read',
  params: orderParam,
  status: 200,
  reply: z.object({
    organisationId: idSchema('organisation'),
    tags: z.array(z.string()),
    cardLast4: z
      .string()
      .nullable()
      .meta({ description: 'The last four digits of the card; null if the provider did not tell them.' }),
    items: z.array(historyEntrySchema),
  }),
  errors: [],
});

export const addOrderNote = operation({
  id: 'addOrderNote',
  method: 'POST',
  path: '/api/orders/{orderId}/notes',
  tag: 'Organise',
  summary: 'Write a note to an order, for the team only',
  description: 'Admit erases the notes of an order together with the name of its buyer.',
  access: 'team',
  needs: 'orders.edit',
  params: orderParam,
  body: z.strictObject({ text: z.string().trim().min(1).max(2000) }),
  rateLimit: { max: 60, seconds: 60 },
  status: 201,
  reply: noteSchema,
  acts: ['order.noted'],
  errors: [],
  example: { body: { text: 'Called on Tuesday: comes with a wheelchair, row A if possible.' } },
});

export const removeOrderNote = operation({
  id: 'removeOrderNote',
  method: 'DELETE',
  path: '/api/orders/{orderId}/notes/{noteId}',
  tag: 'Organise',
  summary: 'Delete a note of an order',
  access: 'team',
  needs: 'orders.edit',
  repeatable: false,
  params: orderParam.extend({ noteId: idSchema('orderNote') }),
  status: 204,
  reply: null,
  acts: ['order.note_removed'],
  errors: [],
});

export const putOrderTags = operation({
  id: 'putOrderTags',
  method: 'PUT',
  path: '/api/orders/{orderId}/tags',
  tag: 'Organise',
  summary: 'Set the tags of an order, for the team only; orders are listed by tag',
  description: 'Replaces all tags of the order. Tags that differ only in case are one tag.',
  access: 'team',
  needs: 'orders.edit',
  params: orderParam,
  body: z.strictObject({ tags: z.array(tagSchema).max(20) }),
  status: 200,
  reply: z.object({ tags: z.array(z.string()) }),
  acts: ['order.tagged'],
  errors: [],
  example: { body: { tags: ['press', 'wheelchair'] } },
});
