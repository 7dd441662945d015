import { cardOwnedBy } from './sandbox-cards.ts';
import type { SandboxEvent } from './sandbox-store.ts';
import { toStripe } from './stripe-amounts.ts';

/**
 * Makes a webhook's body in Stripe's format, with the fields that readers of such events use:
 * https://docs.stripe.com/api/events/object. The same event always has the same body.
 */
export function toStripeEvent(event: SandboxEvent): Record<string, unknown> {
  return {
    id: event.id,
    object: 'event',
    api_version: null,
    created: event.created,
    livemode: false,
    type: event.type,
    data: {
      object: event.dispute ?? (event.refund ? toRefund(event, event.refund) : toPaymentIntent(event)),
    },
  };
}

const statusAfter: Partial<Record<SandboxEvent['type'], string>> = {
  'payment_intent.succeeded': 'succeeded',
  'payment_intent.payment_failed': 'requires_payment_method',
  'payment_intent.canceled': 'canceled',
  'refund.updated': 'succeeded',
  'refund.created': 'succeeded',
  'refund.failed': 'failed',
};

function toPaymentIntent(event: SandboxEvent) {
  const status = statusAfter[event.type];
  return {
    id: event.intentRef,
    object: 'payment_intent',
    amount: toStripe(event.amountMinor, event.currency),
    amount_received: status === 'succeeded' ? toStripe(event.amountMinor, event.currency) : 0,
    currency: event.currency.toLowerCase(),
    status,
    // Stripe only names the charge here, and expands it on request.
    latest_charge: {
      object: 'charge',
      livemode: true,
      payment_method_details: {
        type: 'card',
        card: { fingerprint: cardOwnedBy(event.cardLast4 ?? null), last4: event.cardLast4 ?? null },
      },
    },
    metadata: { orderId: event.orderId, eventId: event.eventId, paymentId: event.paymentId },
    last_payment_error: event.declineCode
      ? { type: 'card_error', code: 'card_declined', decline_code: event.declineCode }
      : null,
  };
}

function toRefund(event: SandboxEvent, refund: NonNullable<SandboxEvent['refund']>) {
  return {
    id: refund.ref,
    object: 'refund',
    amount: toStripe(refund.amountMinor, event.currency),
    currency: event.currency.toLowerCase(),
    payment_intent: event.intentRef,
    status: statusAfter[event.type],
    // A refund that somebody made in the dashboard has no id of ours.
    metadata: refund.id
      ? { refundId: refund.id, orderId: event.orderId, eventId: event.eventId }
      : { tickets: refund.tickets ?? '' },
  };
}
