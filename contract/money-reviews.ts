import { z } from 'zod';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { instantSchema } from './time.ts';

export const moneyReviewReasons = [
  'unknown_order',
  'amount_mismatch',
  'currency_mismatch',
  'foreign_intent',
  'paid_twice',
  'refund_failed',
  'refund_by_hand',
  'disputed',
  'dispute_reinstated',
] as const;
export type MoneyReviewReason = (typeof moneyReviewReasons)[number];

export const settlements = ['refund', 'write_off'] as const;
export type Settlement = (typeof settlements)[number];

export const moneyReviewSchema = z
  .object({
    id: idSchema('moneyReview'),
    reason: z.enum(moneyReviewReasons).meta({
      description:
        "unknown_order: the payment names no order of ours. amount_mismatch, currency_mismatch: the payment is not what the order costs. foreign_intent: it is not the payment of the order. paid_twice: the order was paid before. refund_failed: a refund failed and the buyer still waits for the money. refund_by_hand: somebody refunded at the provider and not here. disputed, dispute_reinstated: the buyer's bank took the money back, or returned it.",
    }),
    direction: z.enum(['in', 'out', 'none']).meta({
      description:
        'in: the provider has money that belongs to no order. out: the provider sent money that we did not send. none: no money is in the wrong place, but a person must decide what happens next.',
    }),
    provider: z.enum(['sandbox', 'stripe']),
    reference: z.string().meta({ description: "The provider's id for it: search its dashboard for this." }),
    amount: z.object({
      amount: z.int().min(1).meta({ description: 'In minor units.' }),
      currency: z.string().meta({ description: 'The code from the provider, even if we do not sell in it.' }),
    }),
    orderId: z.nullable(idSchema('order')),
    eventId: z.nullable(idSchema('event')),
    advice: z.string().meta({ description: 'What happened and what to do, with the amounts, in English.' }),
    createdAt: instantSchema,
    settled: z
      .object({
        as: z.enum(settlements),
        at: instantSchema,
        by: idSchema('user'),
        note: z.string(),
      })
      .nullable(),
  })
  .meta({ id: 'MoneyReview' });
export type MoneyReview = z.infer<typeof moneyReviewSchema>;

export const listMoneyReviews = operation({
  id: 'listMoneyReviews',
  method: 'GET',
  path: '/api/admin/money-reviews',
  tag: 'Admin',
  summary: 'List money that matches nothing, the latest first',
  access: 'admin',
  query: z.strictObject({
    state: z.enum(['open', 'settled']).default('open'),
    cursor: z.optional(idSchema('moneyReview')),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  status: 200,
  reply: z.object({ items: z.array(moneyReviewSchema), nextCursor: z.nullable(idSchema('moneyReview')) }),
  errors: [],
});

export const settleMoneyReview = operation({
  id: 'settleMoneyReview',
  method: 'POST',
  path: '/api/admin/money-reviews/{moneyReviewId}/settlement',
  tag: 'Admin',
  summary: 'Decide what happens to money that matches nothing',
  description:
    '`refund` sends the money back to the payer; if the provider refuses for good, the item opens again. `write_off` closes the item and moves no money. Say in the note why, for example that the buyer was paid by bank transfer.',
  access: 'admin',
  params: z.object({ moneyReviewId: idSchema('moneyReview') }),
  body: z.strictObject({ action: z.enum(settlements), note: z.string().trim().min(3).max(2000) }),
  bodyLimit: 16 * 1024,
  status: 200,
  reply: moneyReviewSchema,
  acts: ['money_review.settled'],
  errors: ['money_review_settled', 'money_review_not_refundable'],
  example: { body: { action: 'refund', note: 'The buyer paid twice and has their tickets.' } },
});
