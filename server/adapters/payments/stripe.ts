import Stripe from 'stripe';
import { Refused } from '../../../contract/errors.ts';
import type { Clock } from '../../clock.ts';
import type { Config } from '../../config.ts';
import type {
  CreatedPayment,
  NewPayment,
  PaymentProvider,
  ProviderPayment,
} from '../../features/payments/provider.ts';
import { isSigned } from '../../http/signature.ts';
import type { Log } from '../../log.ts';
import { createStripeAccounts } from './stripe-accounts.ts';
import { amountOf, toStripe } from './stripe-amounts.ts';
import { readDispute, readFraudWarning } from './stripe-dispute.ts';
import { cardIn, readRefund, readStripeEvent, refundStatus } from './stripe-event.ts';
import { between, listStripeMovements } from './stripe-movements.ts';

type StripeConfig = Extract<Config['payments'], { provider: 'stripe' }>;

export interface StripeParts {
  clock: Clock;
  log: Log;
  /**
   * Time limit of one attempt. Buyers wait for some answers: with two retries we give up on Stripe after about 20 s.
   */
  timeoutMs?: number;
}

/** Stripe through its own SDK. A payment is an intent, or a Checkout Session if the buyer wants its hosted page. */
export function createStripe(
  config: StripeConfig,
  { clock, log, timeoutMs = 6_000 }: StripeParts,
): PaymentProvider {
  const stripe = new Stripe(config.secretKey, {
    ...addressOf(config.apiUrl),
    timeout: timeoutMs,
    // Retries carry the idempotency key of the first attempt.
    maxNetworkRetries: 2,
    telemetry: false,
  });

  /** Turns Stripe's failures into our refusals. What Stripe says about our own mistakes goes to the log. */
  async function ask<T>(question: string, answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeError)) throw error;
      log.error(
        { question, kind: error.type, code: error.code, requestId: error.requestId, message: error.message },
        'Stripe did not do it',
      );
      throw new Refused('payment_provider_unavailable');
    }
  }

  /** The intent of a payment. On Stripe's page it exists only once somebody pays there. */
  async function intentOf(ref: string): Promise<string | null> {
    if (!isSession(ref)) return ref;
    const session = await stripe.checkout.sessions.retrieve(ref);
    return idOf(session.payment_intent);
  }

  return {
    name: 'stripe',
    publishableKey: config.publishableKey,

    createPayment: (request) =>
      ask(
        'create a payment',
        request.returnUrl === null ? createIntent(stripe, request) : createSession(stripe, request),
      ),

    async refund({ refundId, intentRef, amountMinor, currency }) {
      try {
        const intent = await intentOf(intentRef);
        if (intent === null) throw new Error(`nobody has paid ${intentRef}`);
        const refund = await stripe.refunds.create(
          { payment_intent: intent, amount: toStripe(amountMinor, currency), metadata: { refundId } },
          { idempotencyKey: `refund:${refundId}` },
        );
        return { ref: refund.id, status: refundStatus(refund.status) };
      } catch (error) {
        // Already refunded by hand, disputed, or more than is left: a retry would not change it. An account without
        // enough balance may have it later.
        const final =
          error instanceof Stripe.errors.StripeInvalidRequestError && error.code !== 'balance_insufficient';
        if (!final) throw error;
        log.error({ refundId, code: error.code, message: error.message }, 'Stripe refuses a refund');
        return { ref: null, status: 'failed' };
      }
    },

    async findRefund(ref) {
      const refund = await stripe.refunds.retrieve(ref);
      return { ref, status: refundStatus(refund.status) };
    },

    async *listRefunds(of) {
      const which =
        'intentRef' in of ? { payment_intent: of.intentRef } : { created: between(of.from, of.to) };
      for await (const refund of stripe.refunds.list({ ...which, limit: 100 })) yield readRefund(refund);
    },

    async *listDisputes(from, to) {
      const which = { created: between(from, to), limit: 100 };
      const seenSeconds = clock.now().getTime() / 1000;
      for await (const dispute of stripe.disputes.list(which)) yield readDispute(dispute, seenSeconds);
      for await (const warning of stripe.radar.earlyFraudWarnings.list(which))
        yield readFraudWarning(warning, seenSeconds);
    },

    async findDispute(ref) {
      const seenSeconds = clock.now().getTime() / 1000;
      return readDispute(await stripe.disputes.retrieve(ref), seenSeconds);
    },

    async findIntentOf(chargeRef) {
      try {
        const { payment_intent } = await stripe.charges.retrieve(chargeRef);
        return idOf(payment_intent);
      } catch (error) {
        if (error instanceof Stripe.errors.StripeInvalidRequestError && error.statusCode === 404) return null;
        throw error;
      }
    },

    async cancelPayment(ref) {
      try {
        if (isSession(ref)) await stripe.checkout.sessions.expire(ref);
        else await stripe.paymentIntents.cancel(ref, { cancellation_reason: 'abandoned' });
      } catch (error) {
        // 400 says that it is already paid, being paid or cancelled. findPayment tells which.
        if (!(error instanceof Stripe.errors.StripeInvalidRequestError) || error.statusCode !== 400)
          throw error;
      }
    },

    findPayment: async (ref) =>
      isSession(ref)
        ? readSession(await stripe.checkout.sessions.retrieve(ref))
        : readIntent(await stripe.paymentIntents.retrieve(ref)),

    async findCard(ref) {
      const intent = await intentOf(ref);
      if (intent === null) return null;
      const { latest_charge } = await stripe.paymentIntents.retrieve(intent, { expand: ['latest_charge'] });
      return cardIn(latest_charge) ?? null;
    },

    listMovements: (from, to) => listStripeMovements(stripe, from, to),

    payoutAccounts: config.connectWebhookSecret === undefined ? null : createStripeAccounts(stripe, log),

    readWebhook(rawBody, signature) {
      const { webhookSecret, connectWebhookSecret = webhookSecret } = config;
      const now = clock.now();
      // Stripe's endpoint for events of connected accounts has a secret of its own.
      if (![webhookSecret, connectWebhookSecret].some((secret) => isSigned(rawBody, signature, secret, now)))
        throw new Refused('webhook_signature_invalid');
      return readStripeEvent(rawBody, /^(sk|rk)_live_/.test(config.secretKey));
    },
  };
}

function addressOf(apiUrl: string | undefined): {
  host?: string;
  port?: number;
  protocol?: 'http' | 'https';
} {
  if (apiUrl === undefined) return {};
  const { hostname, port, protocol } = new URL(apiUrl);
  const scheme = protocol === 'http:' ? 'http' : 'https';
  return { host: hostname, port: Number(port) || (scheme === 'http' ? 80 : 443), protocol: scheme };
}

const metadataOf = ({ orderId, eventId, paymentId }: NewPayment) => ({ orderId, eventId, paymentId });

async function createIntent(stripe: Stripe, request: NewPayment): Promise<CreatedPayment> {
  const intent = await stripe.paymentIntents.create(
    {
      amount: toStripe(request.amountMinor, request.currency),
      currency: request.currency.toLowerCase(),
      description: request.description,
      automatic_payment_methods: { enabled: true },
      metadata: metadataOf(request),
    },
    { idempotencyKey: `payment:${request.paymentId}` },
  );
  return {
    intentRef: intent.id,
    checkoutRef: null,
    clientSecret: intent.client_secret ?? '',
    checkoutUrl: null,
  };
}

// Stripe requires a session to live for at least 30 minutes. We send a time that follows from the hold's, so that a
// retry sends the same request. close-payments.ts ends the session when the hold ends.
const sessionSecondsAfterHold = 31 * 60;

async function createSession(stripe: Stripe, request: NewPayment): Promise<CreatedPayment> {
  const returnUrl = request.returnUrl ?? undefined;
  const session = await stripe.checkout.sessions.create(
    {
      mode: 'payment',
      line_items: [
        {
          quantity: 1,
          price_data: {
            currency: request.currency.toLowerCase(),
            unit_amount: toStripe(request.amountMinor, request.currency),
            product_data: { name: request.description.slice(0, 250) },
          },
        },
      ],
      customer_email: request.buyerEmail,
      client_reference_id: request.orderId,
      ...(returnUrl !== undefined && { success_url: returnUrl, cancel_url: returnUrl }),
      expires_at: Math.ceil(request.expiresAt.getTime() / 1000) + sessionSecondsAfterHold,
      metadata: metadataOf(request),
      payment_intent_data: { description: request.description, metadata: metadataOf(request) },
    },
    { idempotencyKey: `checkout:${request.paymentId}` },
  );
  // A hosted page has no secret for the browser: its address is enough.
  return {
    intentRef: session.id,
    checkoutRef: session.id,
    clientSecret: session.client_secret ?? '',
    checkoutUrl: session.url,
  };
}

const isSession = (ref: string): boolean => ref.startsWith('cs_');
const idOf = (expandable: string | { id: string } | null): string | null =>
  typeof expandable === 'object' ? (expandable?.id ?? null) : expandable;

function readIntent(intent: Stripe.PaymentIntent): ProviderPayment {
  const paid = intent.status === 'succeeded';
  return {
    intentRef: intent.id,
    status: paid ? 'succeeded' : intent.status === 'canceled' ? 'cancelled' : 'open',
    ...amountOf(paid ? intent.amount_received : intent.amount, intent.currency),
  };
}

function readSession(session: Stripe.Checkout.Session): ProviderPayment {
  const paid = session.payment_status === 'paid';
  return {
    intentRef: idOf(session.payment_intent) ?? session.id,
    status: paid ? 'succeeded' : session.status === 'expired' ? 'cancelled' : 'open',
    ...amountOf(session.amount_total ?? 0, session.currency ?? ''),
  };
}
