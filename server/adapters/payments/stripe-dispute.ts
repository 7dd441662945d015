import type Stripe from 'stripe';
import type { ProviderDispute } from '../../features/payments/provider.ts';
import { amountOf } from './stripe-amounts.ts';

/** The id of a thing that Stripe may expand. */
export const idOf = (expandable: string | { id: string } | null | undefined): string | null =>
  typeof expandable === 'object' ? (expandable?.id ?? null) : (expandable ?? null);

/** Names the payment of a dispute, a warning or a refund: by its intent, or by its charge if Stripe names nothing else. */
export function paymentOf(of: {
  payment_intent?: string | { id: string } | null;
  charge?: string | { id: string } | null;
}): { intentRef: string | null; chargeRef?: string } {
  const intentRef = idOf(of.payment_intent);
  const chargeRef = idOf(of.charge);
  return { intentRef, ...(intentRef === null && chargeRef !== null && { chargeRef }) };
}

const dateOf = (seconds: number): Date => new Date(seconds * 1000);
const openedAt = (seconds: number | undefined): Date | null =>
  seconds === undefined ? null : dateOf(seconds);

type State = Pick<ProviderDispute, 'kind' | 'status'>;
const states: Record<string, State> = {
  warning_needs_response: { kind: 'inquiry', status: 'needs_response' },
  warning_under_review: { kind: 'inquiry', status: 'under_review' },
  warning_closed: { kind: 'inquiry', status: 'closed' },
  needs_response: { kind: 'chargeback', status: 'needs_response' },
  under_review: { kind: 'chargeback', status: 'under_review' },
  // After a dispute was lost, the bank may be asked once more.
  appeal_needs_response: { kind: 'chargeback', status: 'needs_response' },
  appeal_under_review: { kind: 'chargeback', status: 'under_review' },
  won: { kind: 'chargeback', status: 'won' },
  lost: { kind: 'chargeback', status: 'lost' },
  // Stripe refunded the payment before the bank opened the dispute. The refund has its own events.
  prevented: { kind: 'inquiry', status: 'closed' },
};

/**
 * Reads a dispute of Stripe. `seenSeconds` is when Stripe said it, and `type` the type of the event, if it came with one.
 * The balance transactions say what Stripe took and returned; an event about the money says so too.
 */
export function readDispute(
  dispute: Stripe.Dispute,
  seenSeconds: number | undefined,
  type?: string,
): ProviderDispute {
  // A status that is newer than this code is open, so that a person looks at it.
  const { kind, status } = states[dispute.status] ?? {
    kind: 'chargeback',
    status: type === 'charge.dispute.funds_reinstated' ? 'won' : 'needs_response',
  };
  const moved = dispute.balance_transactions ?? [];
  // 0 means that the bank takes no evidence.
  const due = dispute.evidence_details?.due_by || null;
  return {
    ref: dispute.id,
    ...paymentOf(dispute),
    kind,
    status,
    ...amountOf(dispute.amount, dispute.currency),
    reason: dispute.reason ?? 'general',
    evidenceDueAt: due === null ? null : dateOf(due),
    openedAt: openedAt(dispute.created),
    isWithdrawn: type === 'charge.dispute.funds_withdrawn' || moved.some(({ amount }) => amount < 0),
    isReinstated: type === 'charge.dispute.funds_reinstated' || moved.some(({ amount }) => amount > 0),
    ...feesOf(moved),
    seenAt: dateOf(seenSeconds ?? dispute.created ?? 0),
  };
}

type Fees = Pick<ProviderDispute, 'feeMinor' | 'feeReturnedMinor' | 'feeCurrency'>;

/** Adds up the fees in the balance transactions of a dispute. A transaction with a negative fee returns one. */
function feesOf(moved: Partial<Pick<Stripe.BalanceTransaction, 'fee' | 'currency'>>[]): Fees {
  const currency = moved.find(({ fee }) => fee)?.currency;
  if (currency === undefined) return { feeMinor: 0, feeReturnedMinor: 0, feeCurrency: null };
  const fees = moved.map(({ fee = 0 }) => fee);
  const sum = (some: number[]) => some.reduce((total, fee) => total + Math.abs(fee), 0);
  return {
    feeMinor: amountOf(sum(fees.filter((fee) => fee > 0)), currency).amountMinor,
    feeReturnedMinor: amountOf(sum(fees.filter((fee) => fee < 0)), currency).amountMinor,
    feeCurrency: amountOf(0, currency).currency,
  };
}

/** Reads an early fraud warning. It needs no answer any more after the payment was refunded or disputed. */
export function readFraudWarning(
  warning: Stripe.Radar.EarlyFraudWarning,
  seenSeconds: number | undefined,
): ProviderDispute {
  return {
    ref: warning.id,
    ...paymentOf(warning),
    kind: 'fraud_warning',
    status: warning.actionable ? 'needs_response' : 'closed',
    amountMinor: 0,
    currency: 'EUR',
    reason: warning.fraud_type,
    evidenceDueAt: null,
    openedAt: openedAt(warning.created),
    isWithdrawn: false,
    isReinstated: false,
    ...feesOf([]),
    seenAt: dateOf(seenSeconds ?? warning.created ?? 0),
  };
}
