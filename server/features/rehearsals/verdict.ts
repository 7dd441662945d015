import type { OrderReview } from '../../../contract/order-reviews.ts';

/** What many accounts share, besides being fast. A household shares one of these, a scalper two. */
const sharedSignals = new Set(['shared_card', 'shared_network', 'shared_browser', 'address_pattern']);
/** A buyer who is suspected of less may write so long. */
const appealMs = 180_000;

/**
 * The rule of the team. An order that shares two things with many others is refunded. An order that shares one and was fast is
 * refunded if its buyer does not write in three minutes. Every other one is confirmed.
 */
export function verdictOf(
  reasons: Pick<OrderReview['reasons'][number], 'signal'>[],
  { appealed, ageMs }: { appealed: boolean; ageMs: number },
): 'refund' | 'confirm' | 'wait' {
  const shared = reasons.filter(({ signal }) => sharedSignals.has(signal)).length;
  if (shared >= 2) return 'refund';
  const isSuspect = shared === 1 && reasons.some(({ signal }) => signal === 'fast_order');
  if (!isSuspect || appealed) return 'confirm';
  return ageMs >= appealMs ? 'refund' : 'wait';
}
