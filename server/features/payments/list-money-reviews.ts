import type { z } from 'zod';
import type * as contract from '../../../contract/money-reviews.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import type { MoneyReviewId, MoneyReviewRow } from './money-review.ts';
import { listMoneyReviews as list } from './money-review-store.ts';
import { adviceOn } from './review-advice.ts';

type Query = z.output<NonNullable<typeof contract.listMoneyReviews.query>>;

/** Lists unmatched money, the latest first. The cursor is the id of the last item shown. */
export async function listMoneyReviews(
  app: App,
  call: Call<undefined, Query, undefined, 'admin'>,
): Promise<{ items: contract.MoneyReview[]; nextCursor: MoneyReviewId | null }> {
  const { state, cursor = null, limit } = call.query;
  const rows = await list(app.db, { open: state === 'open', cursor, limit: limit + 1 });
  const page = rows.slice(0, limit);
  return {
    items: page.map(showMoneyReview),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

export function showMoneyReview(row: MoneyReviewRow): contract.MoneyReview {
  const { id, reason, direction, provider, reference, orderId, eventId } = row;
  const { settlement, settledAt, settledBy, note } = row;
  return {
    id,
    reason,
    direction,
    provider,
    reference,
    amount: { amount: row.amountMinor, currency: row.currency },
    orderId,
    eventId,
    advice: adviceOn(row),
    createdAt: row.createdAt.toISOString(),
    settled:
      settlement && settledAt && settledBy
        ? { as: settlement, at: settledAt.toISOString(), by: settledBy, note: note ?? '' }
        : null,
  };
}
