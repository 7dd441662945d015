import type { z } from 'zod';
import type { OrderId, OrganisationId } from '../../../contract/ids.ts';
import type * as contract from '../../../contract/order-reviews.ts';
import type { App } from '../../app.ts';
import { orderNumber } from '../orders/orders.ts';
import { type ListedReview, type ReviewRow, selectReviews } from './reviews-store.ts';

type Query = z.output<NonNullable<typeof contract.listOrderReviews.query>>;
type Page = { items: contract.OrderReview[]; nextCursor: OrderId | null };

/** Lists the reviews of an organisation, the latest order first. The cursor is the last order shown. */
export const listOrderReviews = (
  app: App,
  call: { params: { organisationId: OrganisationId }; query: Query },
): Promise<Page> => list(app, call.params.organisationId, call.query);

export const listAllOrderReviews = (app: App, call: { query: Query }): Promise<Page> =>
  list(app, null, call.query);

async function list(
  app: App,
  organisationId: OrganisationId | null,
  { state, cursor, limit }: Query,
): Promise<Page> {
  const rows = await selectReviews(app.db, {
    organisationId,
    open: state === 'open',
    cursor: cursor ?? null,
    limit: limit + 1,
  });
  const page = rows.slice(0, limit);
  return {
    items: page.map(showReview),
    nextCursor: rows.length > limit ? (page.at(-1)?.orderId ?? null) : null,
  };
}

export const showReview = (row: ListedReview): contract.OrderReview => ({
  order: { id: row.orderId, number: orderNumber(row.orderId) },
  event: { id: row.eventId, title: row.title, timeZone: row.timeZone },
  organisationId: row.organisationId,
  buyer: { name: row.buyerName, email: row.buyerEmail },
  total: { amount: row.totalMinor, currency: row.currency },
  tickets: row.tickets,
  score: row.score,
  reasons: row.reasons,
  openedAt: row.openedAt.toISOString(),
  ...showOwnReview(row),
  decided: row.decidedAt && { at: row.decidedAt.toISOString(), by: row.decidedBy, reason: row.reason },
});

/** What the buyer sees of it. */
export const showOwnReview = (row: ReviewRow): Pick<contract.OrderReview, 'state' | 'until' | 'appeal'> => ({
  state: row.decision ?? 'open',
  until: row.heldUntil.toISOString(),
  appeal:
    row.appeal !== null && row.appealedAt ? { text: row.appeal, at: row.appealedAt.toISOString() } : null,
});
