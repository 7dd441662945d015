import type { Refund } from '../../../contract/refunds.ts';
import type { App } from '../../app.ts';
import { type Decided, listDecided } from '../orders/list-decided.ts';
import type { OrderRecord } from '../orders/orders.ts';
import { listRefundsOfOrder } from '../payments/list-refunds.ts';
import { readTicketsOfOrder } from '../tickets/list-tickets.ts';

/** The refunds of an order as its buyer and its organiser see them, the latest first, each with its decision. */
export async function showRefunds(
  app: App,
  order: Pick<OrderRecord, 'id' | 'currency'>,
): Promise<{ refund: Refund; decision: Decided | null }[]> {
  const [refunds, decided, tickets] = await Promise.all([
    listRefundsOfOrder(app.db, order.id),
    listDecided(app.db, order.id),
    readTicketsOfOrder(app.db, order.id),
  ]);
  const idAt = new Map(tickets.map(({ position, id }) => [position, id]));
  return refunds.map((row) => {
    const decision = decided.find(({ id }) => id === row.cancellationId) ?? null;
    const shares = decision?.shares ?? [];
    const refund: Refund = {
      id: row.id,
      amount: { amount: row.amountMinor, currency: order.currency },
      status: row.status,
      isByHand: row.isByHand,
      cause: row.reason,
      reason: decision?.reason ?? null,
      tickets: shares.flatMap(({ position, minor }) => {
        const id = idAt.get(position);
        return id ? [{ id, amount: { amount: minor, currency: order.currency } }] : [];
      }),
      keepsTickets: decision?.keepsTickets ?? true,
      createdAt: row.createdAt.toISOString(),
      settledAt: row.settledAt?.toISOString() ?? null,
    };
    return { refund, decision };
  });
}
