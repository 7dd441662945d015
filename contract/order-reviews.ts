import { z } from 'zod';
import { idSchema } from './ids.ts';
import { moneySchema } from './money.ts';
import { operation } from './operation.ts';
import { instantSchema } from './time.ts';

/** What makes an order look like one of many orders of the same person or program (docs/fairness.md). */
const orderSignals = [
  'address_pattern',
  'shared_card',
  'shared_browser',
  'shared_network',
  'fast_order',
] as const;

/** A part of an order's score. */
const scoreReasonSchema = z.object({
  signal: z.enum(orderSignals).meta({
    description:
      'address_pattern: accounts have e-mail addresses that differ only in their numbers. shared_card: accounts have paid with one card. shared_browser: accounts have bought in one network with the same browser. shared_network: more accounts have bought in one network than the event counts as ordinary. fast_order: the order came within seconds after the hold.',
  }),
  points: z.int().min(1).max(100),
  count: z.int().min(0).meta({
    description:
      'How many accounts share it in this event; for `fast_order` the seconds between the hold and the order.',
  }),
});
export type ScoreReason = z.output<typeof scoreReasonSchema>;

export const orderReviewStates = ['open', 'confirmed', 'refunded', 'ended'] as const;

const state = z.enum(orderReviewStates).meta({
  description:
    'open: the tickets wait. confirmed: the buyer has the tickets. refunded: the money goes back and the tickets have ended. ended: the order was cancelled otherwise.',
});
const appeal = z.nullable(z.object({ text: z.string(), at: instantSchema }));

export const orderReviewSchema = z
  .object({
    order: z.object({ id: idSchema('order'), number: z.string() }),
    event: z.object({ id: idSchema('event'), title: z.string(), timeZone: z.string() }),
    organisationId: idSchema('organisation'),
    buyer: z.object({ name: z.string(), email: z.string() }),
    total: moneySchema,
    tickets: z.int().meta({ description: 'How many tickets were bought.' }),
    score: z.int().min(1).max(100),
    reasons: z
      .array(scoreReasonSchema)
      .meta({ description: 'Their points add up to the score, to 100 at most.' }),
    state,
    openedAt: instantSchema,
    /** If nobody has decided by then, the order is confirmed. */
    until: instantSchema,
    appeal: appeal.meta({ description: 'What the buyer has written about it.' }),
    decided: z
      .object({ at: instantSchema, by: z.nullable(idSchema('user')), reason: z.nullable(z.string()) })
      .nullable()
      .meta({ description: '`by` is null if the time has decided.' }),
  })
  .meta({ id: 'OrderReview' });
export type OrderReview = z.infer<typeof orderReviewSchema>;

const pageQuery = z.strictObject({
  state: z.enum(['open', 'decided']).default('open'),
  cursor: z.optional(idSchema('order')),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
const page = z.object({ items: z.array(orderReviewSchema), nextCursor: z.nullable(idSchema('order')) });
const orderParam = z.object({ orderId: idSchema('order') });

export const listOrderReviews = operation({
  id: 'listOrderReviews',
  method: 'GET',
  path: '/api/organisations/{organisationId}/order-reviews',
  tag: 'Organise',
  summary: 'List orders that look like many orders of one person, the latest first',
  description:
    'Only events with `orderReview` have such orders. Their tickets have no codes until somebody decides, or until `until`.',
  access: 'team',
  needs: 'orders.read',
  params: z.object({ organisationId: idSchema('organisation') }),
  query: pageQuery,
  status: 200,
  reply: page,
  errors: [],
});

export const listAllOrderReviews = operation({
  id: 'listAllOrderReviews',
  method: 'GET',
  path: '/api/admin/order-reviews',
  tag: 'Admin',
  summary: 'List such orders of all organisations, the latest first',
  access: 'admin',
  query: pageQuery,
  status: 200,
  reply: page,
  errors: [],
});

export const decideOrderReview = operation({
  id: 'decideOrderReview',
  method: 'POST',
  path: '/api/orders/{orderId}/review/decision',
  tag: 'Organise',
  summary: 'Confirm or refund an order that waits for a look at it',
  description:
    '`confirm`: the tickets have codes from now on, and the buyer gets them by mail. `refund`: the tickets end, their places are free, and everything goes back that was paid. The first decision counts: the same decision again gets the same answer, the other one `order_review_decided`.',
  access: 'team',
  needs: 'orders.refund',
  params: orderParam,
  body: z.strictObject({
    action: z.enum(['confirm', 'refund']),
    reason: z.optional(z.string().trim().min(1).max(500)).meta({
      description: 'Why. The buyer reads it in the mail about a refund.',
    }),
  }),
  bodyLimit: 16 * 1024,
  status: 200,
  reply: orderReviewSchema,
  acts: ['order_review.decided'],
  errors: ['order_review_decided', 'busy'],
  example: { body: { action: 'confirm' } },
});

const ownState = z.enum([...orderReviewStates, 'unscored', 'none']).meta({
  description:
    'unscored: the order was bought a moment ago, and its tickets wait for its score. none: nobody looks at the order. The others are those of an `OrderReview`.',
});
const ownReviewSchema = z
  .object({
    state: ownState,
    until: z.nullable(instantSchema).meta({ description: 'Null with `none`.' }),
    appeal,
  })
  .meta({ id: 'OwnOrderReview' });
export type OwnOrderReview = z.infer<typeof ownReviewSchema>;

export const getOrderReview = operation({
  id: 'getOrderReview',
  method: 'GET',
  path: '/api/orders/{orderId}/review',
  tag: 'Buy',
  summary: 'Read why your tickets wait, and until when',
  access: 'holder',
  params: orderParam,
  status: 200,
  reply: ownReviewSchema,
  errors: [],
});

export const appealOrderReview = operation({
  id: 'appealOrderReview',
  method: 'POST',
  path: '/api/orders/{orderId}/review/appeal',
  tag: 'Buy',
  summary: 'Write once to the organiser who looks at your order',
  description: 'The organiser reads it beside the reasons. The same text again changes nothing.',
  access: 'holder',
  params: orderParam,
  body: z.strictObject({ text: z.string().trim().min(1).max(1000) }),
  bodyLimit: 16 * 1024,
  rateLimit: { max: 20, seconds: 60 },
  status: 200,
  reply: ownReviewSchema,
  errors: ['appeal_made', 'order_review_decided'],
  example: { body: { text: 'We are a choir, and I have bought for all of us.' } },
});
