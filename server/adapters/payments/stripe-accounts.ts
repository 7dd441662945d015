import Stripe from 'stripe';
import type { PayoutAccounts } from '../../features/payments/provider.ts';
import type { Log } from '../../log.ts';
import { amountOf, toStripe } from './stripe-amounts.ts';

/**
 * Stripe Connect: accounts of organisations, and transfers to them. A charge stays on the platform's own account ("separate
 * charges and transfers").
 */
export function createStripeAccounts(stripe: Stripe, log: Log): PayoutAccounts {
  return {
    async open(organisationId, country) {
      const account = await stripe.accounts.create(
        {
          type: 'express',
          ...(country !== null && { country }),
          capabilities: { transfers: { requested: true } },
          metadata: { organisationId },
        },
        { idempotencyKey: `account:${organisationId}` },
      );
      return account.id;
    },

    async link(ref, returnUrl) {
      const link = await stripe.accountLinks.create({
        account: ref,
        type: 'account_onboarding',
        return_url: returnUrl,
        refresh_url: returnUrl,
      });
      return link.url;
    },

    async isReady(ref) {
      const { capabilities, payouts_enabled } = await stripe.accounts.retrieve(ref);
      return capabilities?.transfers === 'active' && payouts_enabled;
    },

    async transfer({ payoutId, accountRef, amountMinor, currency }) {
      try {
        const transfer = await stripe.transfers.create(
          {
            amount: toStripe(amountMinor, currency),
            currency: currency.toLowerCase(),
            destination: accountRef,
            transfer_group: payoutId,
            description: payoutId,
            metadata: { payoutId },
          },
          { idempotencyKey: `payout:${payoutId}` },
        );
        return { ref: transfer.id, returnedMinor: 0 };
      } catch (error) {
        // Too little is available, or the account may not get money. The same key would get the same answer again.
        if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
        log.error({ payoutId, code: error.code, message: error.message }, 'Stripe refuses a transfer');
        return { refused: error.message };
      }
    },

    async findTransfer(payoutId) {
      const { data } = await stripe.transfers.list({ transfer_group: payoutId, limit: 1 });
      const [transfer] = data;
      if (!transfer) return null;
      const { id, amount_reversed, currency } = transfer;
      return { ref: id, returnedMinor: amountOf(amount_reversed, currency).amountMinor };
    },
  };
}
