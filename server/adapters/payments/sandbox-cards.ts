/** What the sandbox does with a card. */
export interface CardOutcome {
  /** The answer to the paying person. */
  reply: { status: 'succeeded' | 'requires_action' | 'failed'; declineCode?: string };
  /** The payment's next state. After a decline another card may be tried. */
  becomes: 'open' | 'requires_action' | 'succeeded' | 'cancelled';
  /** The webhook about it, how often it is sent, and whether it is sent only after the hold has expired. */
  webhook: { type: SandboxEventType; copies: number; late: boolean } | null;
  /** What the cardholder's bank does after the payment. */
  dispute?: SandboxDispute;
}

/** A dispute that opens by itself, and how it ends. A fraud warning has no end. */
export interface SandboxDispute {
  kind: 'inquiry' | 'chargeback' | 'fraud_warning';
  outcome: 'won' | 'lost' | 'closed';
}

export type SandboxEventType =
  | 'payment_intent.succeeded'
  | 'payment_intent.payment_failed'
  | 'payment_intent.canceled'
  | 'refund.updated'
  | 'refund.created'
  | 'refund.failed'
  | 'charge.dispute.created'
  | 'charge.dispute.funds_withdrawn'
  | 'charge.dispute.closed'
  | 'charge.dispute.funds_reinstated'
  | 'radar.early_fraud_warning.created';

const once = { copies: 1, late: false };

export const succeeded: CardOutcome = {
  reply: { status: 'succeeded' },
  becomes: 'succeeded',
  webhook: { type: 'payment_intent.succeeded', ...once },
};

const declined = (declineCode: string): CardOutcome => ({
  reply: { status: 'failed', declineCode },
  becomes: 'open',
  webhook: { type: 'payment_intent.payment_failed', ...once },
});

export const authenticationDenied = declined('authentication_failed');

/** Not caused by a card: the shop closes a payment that nobody should pay any more. */
export const abandoned: CardOutcome = {
  reply: { status: 'failed' },
  becomes: 'cancelled',
  webhook: { type: 'payment_intent.canceled', ...once },
};

/** The test cards that contract/payments.ts promises. */
const testCards: Record<string, CardOutcome> = {
  '4242424242424242': succeeded,
  '5555555555554444': succeeded,
  '4000000000000002': declined('generic_decline'),
  '4000002500003155': { reply: { status: 'requires_action' }, becomes: 'requires_action', webhook: null },
  '4000000000003220': { ...succeeded, webhook: { type: 'payment_intent.succeeded', copies: 2, late: false } },
  '4000000000000259': { ...succeeded, webhook: { type: 'payment_intent.succeeded', copies: 1, late: true } },
  '4000000000002685': { ...succeeded, dispute: { kind: 'chargeback', outcome: 'lost' } },
  '4000000000002693': { ...succeeded, dispute: { kind: 'chargeback', outcome: 'won' } },
  '4000000000001976': { ...succeeded, dispute: { kind: 'inquiry', outcome: 'closed' } },
  '4000000000005423': { ...succeeded, dispute: { kind: 'fraud_warning', outcome: 'closed' } },
  '4100000000000019': {
    reply: { status: 'failed', declineCode: 'fraudulent' },
    becomes: 'cancelled',
    webhook: { type: 'payment_intent.canceled', ...once },
  },
};

/** `5555 5555 5555 9000` to `… 9999`: cards of a thousand persons. */
const ownedCard = /^5555555555559\d{3}$/;

/**
 * Cards that stand for one person's card: the sandbox reports their fingerprint, so that their purchases are counted.
 * Everybody who tests shares the other cards, so those have no fingerprint.
 */
export const cardOwnedBy = (last4: string | null): string | null =>
  last4 !== null && /^(4444|9\d{3})$/.test(last4) ? `sandbox-card-${last4}` : null;

/** A number that is no test card may be somebody's real card. It is declined, as in Stripe's test mode. */
export const presentCard = (number: string): CardOutcome =>
  testCards[number] ?? (ownedCard.test(number) ? succeeded : declined('test_mode_live_card'));
