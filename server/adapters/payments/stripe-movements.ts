import type Stripe from 'stripe';
import type { ProviderMovement } from '../../features/payments/provider.ts';
import { amountOf } from './stripe-amounts.ts';

const secondsOf = (instant: Date): number => Math.floor(instant.getTime() / 1000);

/**
 * Reads Stripe's balance transactions. Their own amounts are in the currency of the account, so the amount is that of the
 * charge or the refund behind each. Fees, payouts and disputes are left out.
 */
export async function* listStripeMovements(
  stripe: Stripe,
  from: Date,
  to: Date,
): AsyncGenerator<ProviderMovement> {
  const pages = stripe.balanceTransactions.list({
    created: { gte: secondsOf(from), lt: secondsOf(to) },
    limit: 100,
    expand: ['data.source'],
  });
  for await (const { source } of pages) {
    const movement = typeof source === 'object' && source !== null ? movementOf(source) : null;
    if (movement) yield movement;
  }
}

function movementOf(source: Stripe.BalanceTransactionSource): ProviderMovement | null {
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
  return null;
}
