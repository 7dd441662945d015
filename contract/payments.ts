import { z } from 'zod';
import { idSchema } from './ids.ts';
import { moneySchema } from './money.ts';
import { operation } from './operation.ts';

export const paymentStatuses = [
  'open',
  'requires_action',
  'succeeded',
  'failed',
  'cancelled',
  'refunded',
] as const;

/**
 * Why money goes back to a buyer. cancelled_by_buyer, refunded_by_organiser, event_cancelled: it is the price of the
 * order or of a part of it. exchanged: the new place of an exchange is cheaper. resold: somebody else has bought the
 * ticket. cancelled_before_payment, places_gone, card_limit, paid_twice, ticket_gone, gift_card_returned: the payment bought
 * nothing. gift_card_returned: the time to pay had ended, so a gift card that paid a part had its money back.
 * ticket_gone: it was for an exchange of a ticket that was used, cancelled or passed on meanwhile, or for a ticket on
 * resale that its holder has used.
 */
export const refundReasons = [
  'cancelled_by_buyer',
  'refunded_by_organiser',
  'event_cancelled',
  'refunded_outside',
  'disputed',
  'exchanged',
  'resold',
  'cancelled_before_payment',
  'places_gone',
  'card_limit',
  'paid_twice',
  'ticket_gone',
  'gift_card_returned',
] as const;
export const refundReasonSchema = z.enum(refundReasons);

export const paymentSchema = z
  .object({
    id: idSchema('payment'),
    provider: z.enum(['sandbox', 'stripe']),
    /** The browser hands it to the provider's payment form. Only the buyer ever sees it. */
    clientSecret: z.string(),
    /** The URL of the provider's payment page, if the order was placed with a returnUrl. */
    checkoutUrl: z.string().nullable(),
    /** Stripe's publishable key; null with the sandbox. */
    publishableKey: z.string().nullable(),
  })
  .meta({ id: 'Payment' });
export type Payment = z.infer<typeof paymentSchema>;

export const stripeWebhook = operation({
  id: 'receivePaymentWebhook',
  method: 'POST',
  path: '/api/webhooks/stripe',
  tag: 'Webhooks',
  summary: 'Receive a webhook of the payment provider',
  description:
    "The provider signs the raw body with Stripe's scheme in `Stripe-Signature`; the sandbox provider does the same. Only the provider confirms an order that costs money: by this webhook, or when Admit asks it. 200 means that the event is processed, now or before; any other status asks the provider to send it again. A signed body that is not an event is kept for a person and answered with 200 too, because another delivery of it could not be read either.",
  access: 'signature',
  headers: {
    'Stripe-Signature': {
      description: "`t=<seconds>,v1=<HMAC-SHA-256>` by Stripe's scheme.",
      required: true,
      example: 't=1764288000,v1=5257a869e7ecebeda32affa62cdca3fa51cad7e77a0e56ff536d0ce8e108d8bd',
    },
  },
  body: z.looseObject({ id: z.string().max(255), type: z.string().max(255) }),
  bodyLimit: 2 * 1024 * 1024,
  status: 200,
  reply: z.object({ received: z.literal(true) }),
  errors: ['webhook_signature_invalid', 'busy'],
  example: { body: { id: 'evt_1', type: 'payment_intent.succeeded' }, reply: { received: true } },
});

const paymentParam = z.object({ paymentId: idSchema('payment') });
const clientSecret = z.string().min(1).max(200);

export const sandboxPaymentSchema = z.object({
  id: idSchema('payment'),
  amount: moneySchema,
  status: z.enum(paymentStatuses),
  description: z.string(),
  returnUrl: z.string().nullable(),
});

export const getSandboxPayment = operation({
  id: 'getSandboxPayment',
  method: 'GET',
  path: '/api/sandbox/payments/{paymentId}',
  tag: 'Sandbox',
  summary: "Read the data of the sandbox's payment page",
  access: 'secret',
  params: paymentParam,
  query: z.strictObject({ clientSecret }),
  status: 200,
  reply: sandboxPaymentSchema,
  errors: ['not_found'],
});

export const confirmSandboxPayment = operation({
  id: 'confirmSandboxPayment',
  method: 'POST',
  path: '/api/sandbox/payments/{paymentId}/confirmation',
  tag: 'Sandbox',
  summary: 'Pay with a test card',
  description: [
    'Available only with the sandbox provider. The webhook follows. Test cards:',
    '`4242 4242 4242 4242` succeeds; `5555 5555 5555 4444` succeeds too and stands for one person, so its purchases count against `maxPerBuyer`; `5555 5555 5555 9xxx` (any digits for x) does the same for a thousand other persons; `4000 0000 0000 0002` is declined (the buyer may try another card while the places are held);',
    '`4000 0025 0000 3155` asks for 3-D Secure; `4000 0000 0000 3220` succeeds and its webhook comes twice;',
    '`4000 0000 0000 0259` succeeds and its webhook comes after the hold has expired;',
    '`4000 0000 0000 2685` succeeds, and the bank disputes it 5 s later and wins a minute after that; `4000 0000 0000 2693` the same, and the bank loses; `4000 0000 0000 1976` succeeds, and the bank asks about it and then closes the inquiry; `4000 0000 0000 5423` succeeds, and the bank warns of fraud;',
    '`4100 0000 0000 0019` is declined for good: the payment is cancelled and the places are free at once.',
  ].join(' '),
  access: 'secret',
  repeatable: false,
  params: paymentParam,
  body: z.strictObject({
    clientSecret,
    card: z.strictObject({
      number: z
        .string()
        .max(30)
        .transform((number) => number.replaceAll(/[\s-]/g, ''))
        .refine((number) => /^\d{12,19}$/.test(number), 'expected a card number'),
      expiry: z.string().max(7).optional(),
      cvc: z.string().max(4).optional(),
    }),
  }),
  status: 200,
  reply: z.object({
    status: z.enum(['succeeded', 'requires_action', 'failed']),
    declineCode: z.string().optional(),
    /** The page on which the buyer approves or denies; only with requires_action. */
    actionUrl: z.string().optional(),
  }),
  errors: ['payment_not_open'],
  example: {
    body: { clientSecret: 'pay_01K9ZC4V7R8W3T5XN2M6QHJDEF_secret_8f2', card: { number: '4242424242424242' } },
    reply: { status: 'succeeded' },
  },
});

export const authenticateSandboxPayment = operation({
  id: 'authenticateSandboxPayment',
  method: 'POST',
  path: '/api/sandbox/payments/{paymentId}/authentication',
  tag: 'Sandbox',
  summary: "Answer the sandbox's 3-D Secure challenge",
  access: 'secret',
  repeatable: false,
  params: paymentParam,
  body: z.strictObject({ clientSecret, outcome: z.enum(['approve', 'deny']) }),
  status: 200,
  reply: z.object({ status: z.enum(['succeeded', 'failed']), declineCode: z.string().optional() }),
  errors: ['payment_not_open'],
  example: {
    body: { clientSecret: 'pay_01K9ZC4V7R8W3T5XN2M6QHJDEF_secret_8f2', outcome: 'approve' },
    reply: { status: 'succeeded' },
  },
});

export const refundSandboxPayment = operation({
  id: 'refundSandboxPayment',
  method: 'POST',
  path: '/api/sandbox/payments/{paymentId}/refunds',
  tag: 'Sandbox',
  summary: "Refund a payment as a person does in the provider's dashboard",
  description:
    'Available only with the sandbox provider. Admit does not know of this refund until its webhook arrives, and then books it: docs/refunds.md says what happens to the order and its tickets. `tickets` are written to the metadata of the refund, as a person can do in the dashboard. A refund with the outcome `failed` is sent and comes back; its two webhooks may arrive in any order.',
  access: 'secret',
  repeatable: false,
  params: paymentParam,
  body: z.strictObject({
    clientSecret,
    amount: z.int().min(1).max(10_000_000_000).optional().meta({
      description: 'In minor units. Without it, everything that is left of the payment.',
    }),
    tickets: z.array(idSchema('ticket')).max(15).default([]),
    outcome: z.enum(['succeeded', 'failed']).default('succeeded'),
  }),
  status: 201,
  reply: z.object({
    /** The id of the refund at the sandbox. */
    reference: z.string(),
    amount: moneySchema,
  }),
  errors: ['refund_exceeds_paid'],
  example: {
    body: { clientSecret: 'pay_01K9ZC4V7R8W3T5XN2M6QHJDEF_secret_8f2', amount: 1500 },
    reply: { reference: 're_01K9ZC4V7R8W3T5XN2M6QHJDEF', amount: { amount: 1500, currency: 'EUR' } },
  },
});
