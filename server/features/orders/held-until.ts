import type { EventSale } from '../sale/event-sale.ts';

const hourMs = 3_600_000;

/** How long an order waits for a decision at most. */
const longestMs = 48 * hourMs;

/** Tickets must be with their buyers so long before the doors open. */
const beforeDoorsMs = 3 * hourMs;

/**
 * Decision: until when the tickets of an order that is bought at `now` wait for a look at it; null if they do not wait, because the
 * organiser has not asked for it or the doors open soon.
 */
export function heldUntilOf(
  { orderReview, doorsAt, startsAt }: Pick<EventSale, 'orderReview' | 'doorsAt' | 'startsAt'>,
  now: Date,
): Date | null {
  if (orderReview === null) return null;
  const untilMs = Math.min(now.getTime() + longestMs, (doorsAt ?? startsAt).getTime() - beforeDoorsMs);
  return untilMs <= now.getTime() ? null : new Date(untilMs);
}
