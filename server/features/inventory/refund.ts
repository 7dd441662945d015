import type { EventSale } from '../sale/event-sale.ts';
import type { RefundRule } from './inventory.ts';

/** The money of one order, in minor units. */
export interface RefundCase {
  totalMinor: number;
  /** The sum of earlier refunds. */
  refundedMinor: number;
  /** The price of the tickets that were cancelled before. */
  beforeMinor: number;
  /** The price of the tickets that are being cancelled, with the fee of the order if these are its last tickets. */
  priceMinor: number;
  /** The refund is a multiple of this (stepMinor of the currency). */
  step: number;
}

interface RefundTerms {
  /** The event's start and refund policy at the time of the order. */
  soldAs: Pick<EventSale, 'startsAt' | 'refundPolicy'>;
  /** The event's start as it is now. */
  startsAt: Date;
}

/**
 * Decision: the refund for tickets that are cancelled at `now`, in minor units; null if the refund policy does not
 * allow it. It is never more than the payment minus earlier refunds.
 */
export function refundFor(rule: RefundRule, terms: RefundTerms, of: RefundCase, now: Date): number | null {
  const wanted = rule === 'policy' ? byPolicy(terms, of, now) : rule === 'full' ? of.priceMinor : 0;
  return wanted === null ? null : Math.min(wanted, of.totalMinor - of.refundedMinor);
}

/**
 * The organiser's fee is rounded down, in the buyer's favour. It is computed on all tickets that are cancelled so
 * far, so cancelling one by one refunds exactly as much as cancelling all at once. The policy counts its hours back
 * from the start. If the event was moved, the later of both starts counts, so a move shortens no buyer's deadline.
 * Nobody can cancel after the event has begun.
 */
function byPolicy(
  { soldAs, startsAt }: RefundTerms,
  { beforeMinor, priceMinor, step }: RefundCase,
  now: Date,
): number | null {
  if (now >= startsAt) return null;
  if (priceMinor === 0) return 0;
  const { kind, hoursBefore, feePercent } = soldAs.refundPolicy;
  const startMs = Math.max(soldAs.startsAt.getTime(), startsAt.getTime());
  if (kind === 'none' || now.getTime() > startMs - hoursBefore * 3_600_000) return null;
  const lessFee = (minor: number) => minor - Math.floor((minor * feePercent) / (100 * step)) * step;
  return lessFee(beforeMinor + priceMinor) - lessFee(beforeMinor);
}
