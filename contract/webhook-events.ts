import { z } from 'zod';
import { idSchema } from './ids.ts';
import { moneySchema } from './money.ts';
import { refundReasonSchema } from './payments.ts';
import { instantSchema } from './time.ts';

/*
 * What Admit sends to webhook endpoints of organisations. A webhook is small: it says what happened to which thing, and the
 * API has the rest. docs/webhooks.md says how a version changes.
 */

export const webhookTypes = [
  'order.confirmed',
  'order.cancelled',
  'order.tickets_cancelled',
  'order.refunded',
  'ticket.transferred',
  'ticket.checked_in',
  'check_in.undone',
  'event.published',
  'event.changed',
  'event.cancelled',
] as const;
export type WebhookType = (typeof webhookTypes)[number];

/** Of a test, which nobody can choose. */
export const testType = 'webhook.test';
export type SentType = WebhookType | typeof testType;

const buyer = z
  .optional(z.nullable(z.object({ name: z.string(), email: z.string() })))
  .meta({ description: 'Only if the endpoint asks for it. Null after the data of the buyer was erased.' });
const order = { eventId: idSchema('event'), orderId: idSchema('order'), buyer };
const event = { eventId: idSchema('event') };
const ticket = { ...event, ticketId: idSchema('ticket'), orderId: idSchema('order') };

const dataOf = {
  'order.confirmed': z.strictObject({ ...order, total: moneySchema }),
  'order.cancelled': z.strictObject({ ...order, total: moneySchema, refund: moneySchema }),
  'order.tickets_cancelled': z.strictObject({
    ...order,
    total: moneySchema,
    refund: moneySchema,
    ticketIds: z.array(idSchema('ticket')),
  }),
  'order.refunded': z.strictObject({
    ...order,
    refundId: idSchema('refund'),
    amount: moneySchema,
    reason: refundReasonSchema,
  }),
  'ticket.transferred': z.strictObject(ticket),
  'ticket.checked_in': z.strictObject({
    ...ticket,
    ticketTypeId: idSchema('ticketType'),
    checkInId: idSchema('checkIn'),
    checkpointId: z.nullable(idSchema('checkpoint')),
    gate: z.nullable(z.string()),
    checkedInAt: instantSchema,
    visit: z.int().min(1).meta({ description: '1 is the first visit.' }),
  }),
  'check_in.undone': z.strictObject({
    ...event,
    ticketId: idSchema('ticket'),
    checkInId: idSchema('checkIn'),
  }),
  'event.published': z.strictObject({ ...event, startsAt: instantSchema }),
  'event.changed': z.strictObject({ ...event, version: z.int().min(1) }),
  'event.cancelled': z.strictObject({ ...event, refund: z.enum(['full', 'none']) }),
  'webhook.test': z.strictObject({ text: z.string() }),
} as const satisfies Record<SentType, z.ZodObject>;

export type WebhookData = { [T in SentType]: z.output<(typeof dataOf)[T]> };

/** The body of a webhook. */
export const webhookBodySchema = z.discriminatedUnion(
  'type',
  (Object.keys(dataOf) as SentType[]).map((type) =>
    z.strictObject({
      type: z.literal(type),
      version: z.literal(1),
      /** When it happened. */
      timestamp: instantSchema,
      data: dataOf[type],
    }),
  ) as unknown as [z.ZodObject, ...z.ZodObject[]],
);

/** Types about an order, which can have its buyer. */
export const mayHaveBuyer = (type: SentType): boolean => type.startsWith('order.');
