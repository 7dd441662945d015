import type Stripe from 'stripe';
import type { ProviderMovement } from '../../features/payments/provider.ts';
import { amountOf } from './stripe-amounts.ts';

/** Stripe's filter for things that were created in a time. */
export const between = (from: Date, to: Date) => ({ gte: secondsOf(from), lt: secondsOf(to) });

const secondsOf = (instant: Date): number => Math.floor(instant.getTime() / 1000);

/**
 * Reads Stripe's balance transactions. Their own amounts are in the currency of the account, so the amount is that of the
 * charge, refund, dispute or transfer behind each. Fees and payouts to a bank are left out.
 */
export async function* listStripeMovements(
  stripe: Stripe,
  from: Date,
  to: Date,
): AsyncGenerator<ProviderMovement> {
  const pages = stripe.balanceTransactions.list({
    created: between(from, to),
    limit: 100,
    expand: ['data.source'],
  });
  for await (const { source, amount } of pages) {
    const movement = typeof source === 'object' && source !== null ? movementOf(source, amount) : null;
    if (movement) yield movement;
  }
}

function movementOf(source: Stripe.BalanceTransactionSource, moved: number): ProviderMovement | null {
  if (source.object === 'charge') {
    const { payment_intent, id, amount_captured, currency, metadata } = source;
    const intent = typeof payment_intent === 'object' ? payment_intent?.id : payment_intent;
    return {
      kind: 'charge',
      ref: intent ?? id,
      ...amountOf(amount_captured, currency),
      isOurs: metadata?.orderId !== undefined,
    };
  }
  if (source.object === 'refund') {
    const { id, amount, currency, metadata } = source;
    return {
      kind: 'refund',
      ref: id,
      ...amountOf(amount, currency),
      isOurs: metadata?.refundId !== undefined,
    };
  }
  if (source.object === 'transfer' || source.object === 'transfer_reversal') {
    const { id, amount, currency, metadata } = source;
    const transfer = source.object === 'transfer_reversal' ? source.transfer : id;
    return {
      kind: source.object,
      ref: typeof transfer === 'object' ? transfer.id : transfer,
      ...amountOf(amount, currency),
      isOurs: metadata?.payoutId !== undefined,
    };
  }
  if (source.object === 'dispute') {
    const { id, amount, currency } = source;
    // A dispute has no metadata of ours, and its payment is only named here.
    return {
      kind: moved < 0 ? 'dispute' : 'dispute_reversal',
      ref: id,
      ...amountOf(amount, currency),
      isOurs: false,
    };
  }
  return null;
}
