import type { EventId, Id, OrderId } from '../../../contract/ids.ts';
import type { MoneyReviewReason, Settlement } from '../../../contract/money-reviews.ts';
import type { PaymentRecord } from './payment.ts';

export type MoneyReviewId = Id<'moneyReview'>;

/** A movement of money at the provider that matches nothing of ours. */
export interface UnmatchedMoney {
  /** What the provider calls the movement; the same for everything that it tells of it. */
  reference: string;
  reason: MoneyReviewReason;
  /** in: it has money that belongs to nothing; out: it sent money that we did not; none: the money is in its place. */
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
  provider: PaymentRecord['provider'];
  createdAt: Date;
  /** The provider's id of the refund that a person has ordered, once it has one. */
  refundRef: string | null;
  settlement: Settlement | null;
  settledAt: Date | null;
  settledBy: Id<'user'> | null;
  note: string | null;
}

/** Money that the provider says it has taken, for an order that we know. */
interface Taken {
  intentRef: string;
  amountMinor: number;
  currency: string;
}

/**
 * Decision: why money is not the payment of its order; null where it is. `ownIntent` says whether the intent is the
 * one that we opened. An order that was paid by its own intent has no use for another's money, whatever the amount.
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
