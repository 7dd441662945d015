import type { Purchase } from './purchase.ts';

/*
 * Webhooks of Stripe about money that goes back, in the shapes that https://docs.stripe.com/api publishes, as two API
 * versions send them. The old version lists the refunds in the charge and calls the refund's event charge.refund.updated.
 */

export const apiVersions = ['2022-08-01', '2026-10-28.endive'] as const;
export type ApiVersion = (typeof apiVersions)[number];

let count = 0;

/** An event with the object as it was at `created`. */
export const stripeEvent = (version: ApiVersion, type: string, object: object, created: number): string =>
  JSON.stringify({
    id: `evt_${type}_${++count}`,
    object: 'event',
    api_version: version,
    created,
    livemode: false,
    pending_webhooks: 1,
    request: version === '2022-08-01' ? { id: null, idempotency_key: null } : { id: null },
    type,
    data: { object },
  });

const intentOf = ({ paymentId }: Purchase) => `pi_${paymentId.slice(4)}`;

export const refund = (
  of: Purchase,
  version: ApiVersion,
  more: { id: string; status: string; amount: number },
) => ({
  object: 'refund',
  balance_transaction: 'txn_refund',
  charge: 'ch_1',
  created: 1_790_000_000,
  currency: 'eur',
  metadata: {},
  payment_intent: intentOf(of),
  reason: 'requested_by_customer',
  receipt_number: null,
  source_transfer_reversal: null,
  transfer_reversal: null,
  ...(version !== '2022-08-01' && { destination_details: { type: 'card', card: { type: 'refund' } } }),
  ...more,
});

/** `amount` is what is disputed, in cents. */
export const dispute = (
  of: Purchase,
  version: ApiVersion,
  more: {
    id: string;
    status: string;
    amount?: number;
    moved?: number[];
    dueBy?: number | null;
    fee?: number;
    feeReturned?: number;
  },
) => {
  const { id, status, amount = of.totalMinor, moved = [], dueBy = 1_793_000_000 } = more;
  const { fee = 2000, feeReturned = 0 } = more;
  return {
    id,
    object: 'dispute',
    amount,
    balance_transactions: moved.map((net, i) => ({
      id: `txn_${id}_${i}`,
      object: 'balance_transaction',
      amount: net,
      currency: 'eur',
      fee: net < 0 ? fee : -feeReturned,
      net: net < 0 ? net - fee : net + feeReturned,
      reporting_category: net < 0 ? 'dispute' : 'dispute_reversal',
      source: id,
      status: 'available',
      type: 'adjustment',
    })),
    charge: 'ch_1',
    created: 1_790_000_000,
    currency: 'eur',
    evidence: { access_activity_log: null, customer_email_address: null, uncategorized_text: null },
    evidence_details: { due_by: dueBy, has_evidence: false, past_due: false, submission_count: 0 },
    is_charge_refundable: status.startsWith('warning'),
    livemode: false,
    metadata: {},
    payment_intent: intentOf(of),
    reason: 'fraudulent',
    status,
    ...(version !== '2022-08-01' && {
      enhanced_eligibility_types: ['visa_compelling_evidence_3'],
      network_reason_code: '10.4',
      payment_method_details: {
        type: 'card',
        card: { brand: 'visa', case_type: 'chargeback', network_reason_code: '10.4' },
      },
    }),
  };
};

export const fraudWarning = (of: Purchase, more: { id: string; actionable: boolean }) => ({
  object: 'radar.early_fraud_warning',
  charge: 'ch_1',
  created: 1_790_000_000,
  fraud_type: 'made_with_stolen_card',
  livemode: false,
  payment_intent: intentOf(of),
  ...more,
});
