import type { EventCancellation, PublicCancellation } from '../../../contract/event-cancellations.ts';
import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import { orderNumber } from '../orders/orders.ts';

/** The work after a cancellation: which orders are handled. */
export interface CancellationRun {
  eventId: EventId;
  /** Orders that had valid tickets when the event was cancelled. */
  ordersTotal: number;
  /** The last order that was handled, in the order of ids. */
  handledTo: OrderId | null;
  finishedAt: Date | null;
}

/** An order that could not be cancelled. */
export interface CancellationFailure {
  orderId: OrderId;
  code: string;
  detail: string;
}

/** What has become of the refunds of a cancelled event. A refund that was tried again counts once. */
interface RefundCounts {
  pending: number;
  failed: number;
  /** The first of those that failed. */
  failures: { orderId: OrderId; amountMinor: number; currency: Currency }[];
}

/** Decision: how far the cancellation of an event is. `waiting` is the number of orders that the job has not reached. */
export function progressOf(
  cancellation: PublicCancellation,
  run: CancellationRun,
  waiting: number,
  failures: { count: number; first: CancellationFailure[] },
  refunds: RefundCounts,
): EventCancellation {
  const failed = failures.count + refunds.failed;
  const isRunning = run.finishedAt === null || refunds.pending > 0;
  return {
    ...cancellation,
    state: isRunning ? 'running' : failed > 0 ? 'incomplete' : 'done',
    orders: { total: run.ordersTotal, done: run.ordersTotal - waiting - failed - refunds.pending, failed },
    failures: [
      ...failures.first.map(({ orderId, code, detail }) => ({
        orderId,
        orderNumber: orderNumber(orderId),
        code,
        detail,
        amount: null,
      })),
      ...refunds.failures.map(({ orderId, amountMinor: amount, currency }) => ({
        orderId,
        orderNumber: orderNumber(orderId),
        code: 'refund_failed',
        detail: 'The payment provider refused to send this money back.',
        amount: { amount, currency },
      })),
    ].slice(0, mostListed),
  };
}

/** How many failures an answer lists. */
export const mostListed = 100;
