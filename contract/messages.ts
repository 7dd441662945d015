import { z } from 'zod';
import { type EventId, idSchema } from './ids.ts';
import { moneySchema } from './money.ts';
import { refundReasonSchema } from './payments.ts';
import { instantSchema } from './time.ts';

/*
 * What Admit tells others after a commit: live connections, the trending list and Kafka; webhooks and analytics later.
 * Each message is a CloudEvent 1.0. docs/messages.md says who gets a message, what is guaranteed, and how a version
 * changes.
 */

export const topics = [
  'ticket_availability',
  'payment_notifications',
  'order_events',
  'door_events',
  'event_changes',
] as const;
export type Topic = (typeof topics)[number];

type Shape = z.core.$ZodLooseShape;

/** One type of message. `subject` names the member of `data` that holds the id of what the message is about. */
const message = <const T extends `admit.${string}.v${number}`, S extends Shape>(
  type: T,
  about: { topic: Topic; subject: keyof S | 'eventId'; summary: string },
  data: S,
) => ({
  type,
  ...about,
  schema: z
    .strictObject({
      specversion: z.literal('1.0'),
      id: z.string().regex(/^[1-9][0-9]*$/),
      source: z.url(),
      type: z.literal(type),
      subject: z.string(),
      time: instantSchema,
      datacontenttype: z.literal('application/json'),
      partitionkey: idSchema('event'),
      data: z.strictObject({ eventId: idSchema('event'), ...data }),
    })
    .meta({ title: type, description: about.summary }),
});

const seatIndexes = z.array(z.int().min(0)).meta({ description: 'In seat-map order, from 0.' });

/** locked: held. unlocked: released or expired. sold: an order was confirmed. returned: a sold place was given back. */
export const placeChanges = ['locked', 'unlocked', 'sold', 'returned'] as const;
export type PlaceChange = (typeof placeChanges)[number];

const availabilityChanged = message(
  'admit.availability.changed.v1',
  {
    topic: 'ticket_availability',
    subject: 'eventId',
    summary: 'Places were locked, unlocked, sold or returned, or the organiser changed what is sold.',
  },
  {
    from: z.int().min(0),
    version: z.int().min(1).meta({ description: 'Follows `from` without a gap.' }),
    ticketTypes: z.array(
      z.strictObject({
        id: idSchema('ticketType'),
        available: z.int().min(0),
        steps: z.array(z.nullable(z.int().min(0))).optional(),
      }),
    ),
    seatMapId: z.nullable(idSchema('seatMap')).meta({
      description:
        'The current version of the seat map; null without numbered seats. A reader that shows another version should load this one.',
    }),
    freed: seatIndexes,
    taken: seatIndexes,
    placed: z.int().min(0).meta({ description: 'How many holds were placed.' }),
    changes: z.array(
      z.strictObject({
        kind: z.enum(placeChanges),
        ticketTypeId: idSchema('ticketType'),
        quantity: z.int().min(1),
      }),
    ),
  },
);

const waitlistOffered = message(
  'admit.waitlist.offered.v1',
  {
    topic: 'ticket_availability',
    subject: 'entryId',
    summary: 'Freed places were offered to a person who waited for them.',
  },
  {
    entryId: idSchema('waitlistEntry'),
    buyerId: idSchema('user'),
    holdId: idSchema('hold'),
    ticketTypeId: idSchema('ticketType'),
    quantity: z.int().min(1),
    expiresAt: instantSchema,
  },
);

const holdsMoved = message(
  'admit.holds.moved.v1',
  {
    topic: 'ticket_availability',
    subject: 'eventId',
    summary: 'A guest signed in: their holds and orders now belong to their account.',
  },
  {
    from: idSchema('user'),
    to: idSchema('user'),
    holdIds: z.array(idSchema('hold')),
  },
);

const holdsErased = message(
  'admit.holds.erased.v1',
  {
    topic: 'ticket_availability',
    subject: 'eventId',
    summary: 'Personal data of old holds of the event was erased: so many holds.',
  },
  { holds: z.int().min(1) },
);

const order = { orderId: idSchema('order'), buyerId: idSchema('user'), total: moneySchema };

const orderConfirmed = message(
  'admit.order.confirmed.v1',
  { topic: 'order_events', subject: 'orderId', summary: 'An order was paid, or is free; its tickets exist.' },
  { ...order, late: z.boolean().meta({ description: 'The money came after the hold had expired.' }) },
);

const orderCancelled = message(
  'admit.order.cancelled.v1',
  { topic: 'order_events', subject: 'orderId', summary: 'The last valid ticket of an order was cancelled.' },
  // `refund` is the money that goes back; 0 if nothing was paid.
  { ...order, refund: moneySchema },
);

const ticketsCancelled = message(
  'admit.order.tickets_cancelled.v1',
  {
    topic: 'order_events',
    subject: 'orderId',
    summary: 'Some tickets of an order were cancelled, and the others are still valid.',
  },
  // `refund` is the money that goes back for these tickets.
  { ...order, tickets: z.array(idSchema('ticket')).min(1), refund: moneySchema },
);

const orderExpired = message(
  'admit.order.expired.v1',
  { topic: 'order_events', subject: 'orderId', summary: 'An order was not paid in time.' },
  order,
);

const orderFailed = message(
  'admit.order.failed.v1',
  { topic: 'order_events', subject: 'orderId', summary: 'The payment of an order failed for good.' },
  order,
);

const payment = { orderId: idSchema('order'), paymentId: idSchema('payment') };

const paymentSucceeded = message(
  'admit.payment.succeeded.v1',
  { topic: 'payment_notifications', subject: 'paymentId', summary: 'A payment for an order succeeded.' },
  {
    ...payment,
    amount: moneySchema,
    late: z.boolean().meta({ description: 'True if the money buys nothing and is refunded.' }),
  },
);

const paymentFailed = message(
  'admit.payment.failed.v1',
  {
    topic: 'payment_notifications',
    subject: 'paymentId',
    summary: 'A payment was declined and the buyer may try again, or it failed for good.',
  },
  { ...payment, reason: z.enum(['declined', 'cancelled']) },
);

const refund = {
  ...payment,
  refundId: idSchema('refund'),
  amount: moneySchema,
  reason: refundReasonSchema,
};

const paymentRefunded = message(
  'admit.payment.refunded.v1',
  { topic: 'payment_notifications', subject: 'refundId', summary: 'The provider has sent money back.' },
  refund,
);

const refundFailed = message(
  'admit.payment.refund_failed.v1',
  {
    topic: 'payment_notifications',
    subject: 'refundId',
    summary: 'The provider cannot refund a payment; a person must pay the buyer in another way.',
  },
  refund,
);

const paymentDisputed = message(
  'admit.payment.disputed.v1',
  {
    topic: 'payment_notifications',
    subject: 'paymentId',
    summary:
      "The buyer's bank took money back, or returned money that it had taken; or Admit has set another amount aside for disputes.",
  },
  {
    ...payment,
    amount: moneySchema,
    outcome: z.enum(['withdrawn', 'reinstated', 'set_aside']).meta({
      description:
        '`amount` was taken or returned. With `set_aside`, `amount` is all that is set aside of the order from now on.',
    }),
  },
);

const ticketAdmitted = message(
  'admit.ticket.admitted.v1',
  { topic: 'door_events', subject: 'ticketId', summary: 'A ticket was scanned at the door and let in.' },
  {
    ticketId: idSchema('ticket'),
    ticketTypeId: idSchema('ticketType'),
    orderId: idSchema('order'),
    checkInId: idSchema('checkIn'),
    gate: z.string().nullable(),
    checkedInAt: instantSchema,
    checkpointId: z.optional(idSchema('checkpoint')).meta({ description: 'Missing for the main entrance.' }),
    visit: z.optional(z.int().min(1)).meta({ description: 'Missing for the first visit.' }),
  },
);

const scanned = {
  ticketId: idSchema('ticket'),
  ticketTypeId: idSchema('ticketType'),
  orderId: idSchema('order'),
  checkInId: idSchema('checkIn'),
  gate: z.string().nullable(),
  at: instantSchema,
  checkpointId: z.nullable(idSchema('checkpoint')),
};

const ticketLeft = message(
  'admit.ticket.left.v1',
  { topic: 'door_events', subject: 'ticketId', summary: 'A ticket was scanned on the way out.' },
  scanned,
);

const handedOut = message(
  'admit.ticket.handed_out.v1',
  { topic: 'door_events', subject: 'ticketId', summary: 'Something was handed out for a ticket.' },
  scanned,
);

const ticketDoubled = message(
  'admit.ticket.doubled.v1',
  {
    topic: 'door_events',
    subject: 'ticketId',
    summary: 'A gate without a network let somebody in with a ticket that another gate had let in.',
  },
  {
    ticketId: idSchema('ticket'),
    conflictId: idSchema('doorConflict'),
    checkInId: idSchema('checkIn'),
    admissionId: z.nullable(idSchema('checkIn')).meta({ description: 'The admission that counts.' }),
  },
);

const scanQuestioned = message(
  'admit.scan.questioned.v1',
  {
    topic: 'door_events',
    subject: 'ticketId',
    summary: 'A gate without a network decided about a ticket in another way than the server.',
  },
  {
    ticketId: idSchema('ticket'),
    conflictId: idSchema('doorConflict'),
    checkInId: idSchema('checkIn'),
    code: z.string().meta({ description: 'The code of the refusal, or `link_ended`.' }),
  },
);

const checkInUndone = message(
  'admit.check_in.undone.v1',
  { topic: 'door_events', subject: 'ticketId', summary: 'A member of the team took a scan back.' },
  { ticketId: idSchema('ticket'), checkInId: idSchema('checkIn') },
);

const eventCancelled = message(
  'admit.event.cancelled.v1',
  {
    topic: 'event_changes',
    subject: 'eventId',
    summary: 'The organiser cancelled the event for good. Its orders are cancelled from now on.',
  },
  { refund: z.enum(['full', 'none']).meta({ description: 'Whether buyers get their money back.' }) },
);

const eventMoved = message(
  'admit.event.moved.v1',
  {
    topic: 'event_changes',
    subject: 'eventId',
    summary: 'The organiser moved a published event to another time or place.',
  },
  // The start as it is now.
  { startsAt: instantSchema },
);

const eventPublished = message(
  'admit.event.published.v1',
  {
    topic: 'event_changes',
    subject: 'eventId',
    summary: 'An event was published by its team, or at the time that the team had chosen.',
  },
  { startsAt: instantSchema },
);

const eventChanged = message(
  'admit.event.changed.v1',
  { topic: 'event_changes', subject: 'eventId', summary: 'The team changed a published event.' },
  { version: z.int().min(1).meta({ description: 'The version that the change made.' }) },
);

const ticketTransferred = message(
  'admit.ticket.transferred.v1',
  { topic: 'order_events', subject: 'ticketId', summary: 'A ticket has another holder now.' },
  { ticketId: idSchema('ticket'), orderId: idSchema('order') },
);

const declared = [
  availabilityChanged,
  holdsMoved,
  holdsErased,
  waitlistOffered,
  orderConfirmed,
  orderCancelled,
  ticketsCancelled,
  orderExpired,
  orderFailed,
  paymentSucceeded,
  paymentFailed,
  paymentRefunded,
  refundFailed,
  paymentDisputed,
  ticketAdmitted,
  ticketLeft,
  handedOut,
  ticketDoubled,
  scanQuestioned,
  checkInUndone,
  eventCancelled,
  eventMoved,
  eventPublished,
  eventChanged,
  ticketTransferred,
] as const;

/** The schemas of a list of messages, still as a tuple. */
const schemasOf = <const T extends readonly { schema: unknown }[]>(all: T) =>
  all.map(({ schema }) => schema) as unknown as { [I in keyof T]: T[I]['schema'] };

/** Every message in the form in which sinks get it. `type` tells them apart. */
export const messageSchema = z.discriminatedUnion('type', schemasOf(declared));
export type Message = z.output<typeof messageSchema>;
export type MessageType = Message['type'];
export type MessageOf<T extends MessageType> = Extract<Message, { type: T }>;

interface Described {
  topic: Topic;
  /** The member of `data` that becomes the CloudEvent's `subject`. */
  subject: string;
  summary: string;
}

/** The topic of each message type, and the resource it is about. */
export const messageTypes = Object.fromEntries(
  declared.map(({ type, topic, subject, summary }) => [type, { topic, subject, summary }]),
) as Record<MessageType, Described>;

/** What the writer of a message provides. The reader adds the rest of the envelope, and the event's id to `data`. */
export type Told<T extends MessageType = MessageType> = {
  [M in Message as M['type']]: { type: M['type']; eventId: EventId; data: Omit<M['data'], 'eventId'> };
}[T];
