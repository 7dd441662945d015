import { createHash } from 'node:crypto';
import type Stripe from 'stripe';
import type { EventId, OrderId, PayoutId, TicketId } from '../../../contract/ids.ts';
import type {
  PaidCard,
  ProviderDispute,
  ProviderEvent,
  ReturnedMoney,
} from '../../features/payments/provider.ts';
import { amountOf } from './stripe-amounts.ts';
import { idOf, paymentOf, readDispute, readFraudWarning } from './stripe-dispute.ts';

/**
 * Translates an event of Stripe, or of the sandbox in Stripe's format. Its signature was verified before. `live`
 * tells whether our key moves real money: an event of the other mode, or of a connected account, is not about our
 * money. It never throws, because a body that nobody can read would fail again on every delivery.
 */
export function readStripeEvent(rawBody: Buffer, live: boolean): ProviderEvent {
  const event = parseEvent(rawBody);
  if (!event) {
    const id = `unreadable:${createHash('sha256').update(rawBody).digest('hex')}`;
    return { id, type: 'unreadable', effect: { kind: 'unreadable' } };
  }
  // An organisation's account tells of itself as a connected account.
  const isOthers = event.account && event.type !== 'account.updated';
  const foreign = (event.livemode ?? false) !== live ? 'wrong_mode' : isOthers ? 'other_account' : undefined;
  return {
    id: event.id,
    type: event.type,
    createdAt: instantOf(event.created),
    ...(foreign && { foreign }),
    effect: readEffect(event),
  };
}

function parseEvent(rawBody: Buffer): Stripe.Event | null {
  let event: unknown;
  try {
    event = JSON.parse(rawBody.toString('utf8'));
  } catch {
    return null;
  }
  if (typeof event !== 'object' || event === null) return null;
  const { id, type } = event as Record<string, unknown>;
  return isName(id) && isName(type) ? (event as Stripe.Event) : null;
}

const instantOf = (seconds: unknown): Date | undefined =>
  typeof seconds === 'number' && Number.isFinite(seconds) ? new Date(seconds * 1000) : undefined;

/** A name that PostgreSQL can keep: no control characters, no half of a surrogate pair. */
const isName = (value: unknown): boolean =>
  typeof value === 'string' && value.length <= 255 && /^[^\p{Cc}\p{Cs}]+$/u.test(value);

function readEffect(event: Stripe.Event): Effect {
  let effect: Effect;
  try {
    effect = effectOf(event);
  } catch {
    // A member is missing, or it is of another type than Stripe's.
    return { kind: 'unreadable' };
  }
  return Object.entries(effect).every(([member, value]) => isMember(member, value))
    ? effect
    : { kind: 'unreadable' };
}

function isMember(member: string, value: unknown): boolean {
  if (member.endsWith('Minor'))
    return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= mostAmountMinor;
  if (typeof value === 'string' && member === 'currency') return value === '' || isName(value);
  if (Array.isArray(value)) return value.every(isName);
  if (value instanceof Date) return !Number.isNaN(value.getTime());
  if (member === 'dispute' || member === 'card')
    return Object.entries((value ?? {}) as object).every(([name, part]) => isMember(name, part));
  return value === null || value === undefined || typeof value === 'boolean' || isName(value);
}

/** What PostgreSQL's bigint and our sums of it can hold; Stripe's largest amount has twelve digits. */
const mostAmountMinor = 1e14;

type Effect = ProviderEvent['effect'];
const ignored: Effect = { kind: 'ignored' };

// Stripe reports some things twice, with different ids: a payment on its page arrives as the intent's success and as
// the session's. Orders accept both and act once.
function effectOf(event: Stripe.Event): Effect {
  switch (event.type) {
    case 'payment_intent.succeeded': {
      const intent = event.data.object;
      const { id, amount_received, currency, metadata, latest_charge } = intent;
      return {
        ...succeeded(id, null, amount_received, currency, metadata),
        card: cardIn(latest_charge),
      };
    }
    case 'payment_intent.payment_failed':
      return {
        kind: 'payment_declined',
        intentRef: event.data.object.id,
        ...orderIn(event.data.object.metadata),
      };
    case 'payment_intent.canceled':
      return {
        kind: 'payment_cancelled',
        intentRef: event.data.object.id,
        ...orderIn(event.data.object.metadata),
      };
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded':
      return sessionPaid(event.data.object);
    // A session ends with its first payment. If that payment fails days later, nobody can retry on its page.
    case 'checkout.session.async_payment_failed':
    case 'checkout.session.expired':
      return {
        kind: 'payment_cancelled',
        intentRef: event.data.object.id,
        ...orderIn(event.data.object.metadata),
      };
    case 'refund.created':
    case 'refund.updated':
    case 'refund.failed':
    // The name of refund.updated in API versions before 2024-10-28.
    case 'charge.refund.updated':
      return readRefund(event.data.object);
    // It comes beside refund.created, which older API versions do not send. Whether it lists the refunds depends on the version.
    case 'charge.refunded':
      return { kind: 'payment_refunded', intentRef: idOf(event.data.object.payment_intent) };
    case 'charge.dispute.created':
    case 'charge.dispute.updated':
    case 'charge.dispute.closed':
    case 'charge.dispute.funds_withdrawn':
    case 'charge.dispute.funds_reinstated':
      return disputeChanged(readDispute(event.data.object, event.created, event.type));
    case 'radar.early_fraud_warning.created':
    case 'radar.early_fraud_warning.updated':
      return disputeChanged(readFraudWarning(event.data.object, event.created));
    case 'account.updated':
      return { kind: 'payout_account_changed', accountRef: event.data.object.id };
    case 'transfer.created':
    case 'transfer.updated':
    case 'transfer.reversed':
      return transferChanged(event.data.object);
    default:
      return ignored;
  }
}

const disputeChanged = (dispute: ProviderDispute): Effect => ({
  kind: 'dispute_changed',
  intentRef: dispute.intentRef,
  dispute,
});

/** Other programs with transfers of their own may use the account too. */
function transferChanged({ metadata }: Stripe.Transfer): Effect {
  const { payoutId = '' } = metadata ?? {};
  if (!/^pyo_[0-9A-HJKMNP-TV-Z]{26}$/.test(payoutId)) return ignored;
  return { kind: 'payout_transfer_changed', payoutId: payoutId as PayoutId };
}

function sessionPaid(session: Stripe.Checkout.Session): Effect {
  const intentRef =
    typeof session.payment_intent === 'string' ? session.payment_intent : session.payment_intent?.id;
  // Completed but not paid: the buyer's bank needs time, and async_payment_succeeded will follow.
  if (session.payment_status !== 'paid' || !intentRef) return ignored;
  return succeeded(
    intentRef,
    session.id,
    session.amount_total ?? 0,
    session.currency ?? '',
    session.metadata,
  );
}

function succeeded(
  intentRef: string,
  checkoutRef: string | null,
  amount: number,
  currency: string,
  metadata: Stripe.Metadata | null,
): Extract<Effect, { kind: 'payment_succeeded' }> {
  // A currency that we do not sell in matches no payment of ours, and is refused there.
  return {
    kind: 'payment_succeeded',
    intentRef,
    checkoutRef,
    ...amountOf(amount, currency),
    ...orderIn(metadata),
  };
}

/**
 * The charged card; null if it was no card, undefined if the event only names the charge. Everybody who tests pays with the
 * same few cards, so a card in test mode has no fingerprint.
 */
export function cardIn(charge: Stripe.Charge | string | null | undefined): PaidCard | null | undefined {
  if (typeof charge !== 'object' || charge === null) return undefined;
  const card = charge.payment_method_details?.card;
  if (!card) return null;
  const { fingerprint, last4 } = card;
  return {
    fingerprint: (charge.livemode && fingerprint) || null,
    last4: last4 && /^\d{4}$/.test(last4) ? last4 : null,
  };
}

/** A refund of Stripe. Its metadata may name tickets, if somebody refunds single tickets in the dashboard. */
export function readRefund(refund: Stripe.Refund): ReturnedMoney {
  const { refundId = null, tickets = '' } = refund.metadata ?? {};
  return {
    kind: 'refund_changed',
    refundId,
    ref: refund.id,
    status: refundStatus(refund.status),
    ...paymentOf(refund),
    ...amountOf(refund.amount ?? 0, refund.currency ?? ''),
    ticketIds: tickets
      .split(/[\s,]+/)
      .filter((id): id is TicketId => /^tkt_[0-9A-HJKMNP-TV-Z]{26}$/.test(id)),
  };
}

export function refundStatus(status: string | null): 'succeeded' | 'pending' | 'failed' {
  if (status === 'succeeded') return 'succeeded';
  return status === 'failed' || status === 'canceled' ? 'failed' : 'pending';
}

/** The ids that we gave with the payment. Other programs with other metadata may use the account too. */
function orderIn(metadata: Stripe.Metadata | null | undefined): {
  orderId: OrderId | null;
  eventId: EventId | null;
} {
  const { orderId = '', eventId = '' } = metadata ?? {};
  if (!/^ord_[0-9A-Z]{26}$/.test(orderId) || !/^evt_[0-9A-Z]{26}$/.test(eventId))
    return { orderId: null, eventId: null };
  return { orderId: orderId as OrderId, eventId: eventId as EventId };
}
