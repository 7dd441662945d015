import type { OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Writes } from '../../data/db.ts';
import { writeJobs } from '../../work/jobs.ts';
import { confirmOrder } from '../orders/confirm-order.ts';
import { paymentIdOf } from '../payments/payment.ts';
import { findAwaited, markPaid } from './awaited-store.ts';

/**
 * Notes that all money of these orders has come, and enqueues the jobs that pay them. From now on nobody takes their assignments
 * back. A crash in between loses nothing, because the job exists if and only if the assignments do.
 */
export function notePaid(trx: Writes, orderIds: OrderId[], now: Date): void {
  for (const orderId of orderIds) markPaid(trx, orderId, now);
  writeJobs(
    trx,
    orderIds.map((orderId) => ({
      task: 'pay-by-transfer' as const,
      payload: { orderId },
      key: `pay-by-transfer:${orderId}`,
    })),
  );
}

/**
 * Pays an order with the transfers that were assigned to it, as a webhook does with a card payment. If its places are gone, the
 * order's refund is on the list of money to send back. Safe to repeat.
 */
export async function payByTransfer(app: App, { orderId }: { orderId: OrderId }): Promise<void> {
  const awaited = await findAwaited(app.db, orderId);
  if (!awaited?.paidAt) return;
  const { eventId, reference, amountMinor, currency } = awaited;
  const outcome = await confirmOrder(app, {
    eventId,
    orderId,
    paid: {
      paymentId: paymentIdOf(orderId),
      intentRef: reference,
      amountMinor,
      currency,
      card: null,
      byTransfer: true,
    },
  });
  if (outcome === 'unknown_order') throw new Error(`${orderId} waits for a transfer and has no hold`);
}
