import type { EventId, Id, OrderId } from '../../../contract/ids.ts';
import type { MoneyReviewReason, Settlement } from '../../../contract/money-reviews.ts';
import type { PaymentRecord } from './payment.ts';
import type { PaymentProvider } from './provider.ts';

export type MoneyReviewId = Id<'moneyReview'>;

/** A movement of money at the provider that matches no payment or refund of ours. */
export interface UnmatchedMoney {
  /** The provider's reference of the movement, the same in everything that it reports about it. */
  reference: string;
  reason: MoneyReviewReason;
  /**
   * in: the provider has money that belongs to nothing. out: it sent money that we did not send. none: the money is
   * where it should be.
   */
  direction: 'in' | 'out' | 'none';
  intentRef: string | null;
  orderId: OrderId | null;
  eventId: EventId | null;
  /** Whole minor units, above zero. */
  amountMinor: number;
  /** As the provider says it, in capitals. */
  currency: string;
}

export interface MoneyReviewRow extends UnmatchedMoney {
  id: MoneyReviewId;
  provider: PaymentProvider['name'];
  createdAt: Date;
  /** The provider's id of the refund that a person has ordered, once it has one. */
  refundRef: string | null;
  settlement: Settlement | null;
  settledAt: Date | null;
  settledBy: Id<'user'> | null;
  note: string | null;
  /** What is open of the same order because a refund of ours and one at the provider have crossed. */
  crossedMinor: number;
}

/** What the audit log shows of the decision about unmatched money. */
export const decisionOf = ({ settlement, note }: Pick<MoneyReviewRow, 'settlement' | 'note'>) => ({
  settlement,
  note,
});

/** A payment for a known order, as the provider reports it. */
interface Taken {
  intentRef: string;
  amountMinor: number;
  currency: string;
}

/**
 * Decision: why money is not the payment of its order; null if it is. `ownIntent` says whether we opened the intent.
 * An order that was paid through its own intent takes no money from another one, whatever the amount.
 */
export function mismatchOf(
  payment: Pick<PaymentRecord, 'status' | 'amountMinor' | 'currency'>,
  money: Taken,
  ownIntent: boolean,
): MoneyReviewReason | null {
  if (!ownIntent) return ['succeeded', 'refunded'].includes(payment.status) ? 'paid_twice' : 'foreign_intent';
  if (payment.currency !== money.currency) return 'currency_mismatch';
  return payment.amountMinor === money.amountMinor ? null : 'amount_mismatch';
}
