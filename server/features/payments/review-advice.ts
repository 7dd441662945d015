import { currencies } from '../../../contract/currencies.ts';
import { type Currency, formatMoney } from '../../../contract/money.ts';
import type { UnmatchedMoney } from './money-review.ts';

type Known = Pick<UnmatchedMoney, 'reason' | 'direction' | 'amountMinor' | 'currency'> & {
  /** For a refund that failed: what somebody refunded at the provider of the same order, and the reverse. Both are open. */
  crossedMinor: number;
};

/** Decision: what happened to this money, and what a person can do. In English, for the admins of the platform. */
export function adviceOn({ reason, direction, amountMinor, currency, crossedMinor }: Known): string {
  const say = (minor: number) => amountText(minor, currency);
  const amount = say(amountMinor);
  const giveBack = `Settle this item as "refund" to send the money back, or as "write_off" to keep it.`;
  switch (reason) {
    case 'unknown_order':
      return `Somebody paid ${amount}, and the payment names no order of ours. ${giveBack}`;
    case 'amount_mismatch':
    case 'currency_mismatch':
      return `Somebody paid ${amount}, which is not what the order costs. The order is not confirmed by it. ${giveBack}`;
    case 'foreign_intent':
      return `Somebody paid ${amount} for this order in a payment that we did not open. The order is not confirmed by it. ${giveBack}`;
    case 'paid_twice':
      return `This order was paid before, and somebody paid ${amount} for it once more. ${giveBack}`;
    case 'refund_failed':
      if (direction !== 'none')
        return `A refund of ${amount} failed after the provider had counted it. ${giveBack}`;
      return crossedMinor > 0
        ? `The provider refused a refund of ${amount}, because somebody had refunded ${say(crossedMinor)} of the same order at the provider. ${leftText(amountMinor - crossedMinor, say)}`
        : `The provider refused a refund of ${amount}, and the buyer still waits for it. Pay it in another way, for example by bank transfer. Then settle this item as "write_off", with a note.`;
    case 'refund_by_hand':
      return crossedMinor > 0
        ? `Somebody refunded ${amount} of this order at the provider, while our own refund of ${say(crossedMinor)} was under way and failed. ${leftText(crossedMinor - amountMinor, say)}`
        : `Somebody refunded ${amount} at the provider, and no order explains it. Find out who did it and why, then settle this item as "write_off", with a note.`;
    case 'disputed':
      return `The buyer's bank took back ${amount} of a payment that belongs to no order. Answer the dispute at the provider, or settle this item as "write_off".`;
    case 'dispute_reinstated':
      return `The buyer's bank returned ${amount} of a dispute about a payment that belongs to no order. Settle this item as "write_off", with a note.`;
  }
}

/** What is left to pay when a refund of ours and one at the provider have crossed. */
const leftText = (leftMinor: number, say: (minor: number) => string): string =>
  leftMinor > 0
    ? `The buyer still waits for ${say(leftMinor)}: refund that at the provider. Then settle both items of this order as "write_off", with a note.`
    : 'The buyer has the whole amount. Settle both items of this order as "write_off", with a note.';

/** The provider may say a currency in which we do not sell. */
const amountText = (minor: number, currency: string): string =>
  (currencies as readonly string[]).includes(currency)
    ? formatMoney({ amount: minor, currency: currency as Currency }, 'en')
    : `${minor} minor units of ${currency}`;
