import type { Writes } from '../../data/db.ts';
import { writeJobs } from '../../work/jobs.ts';
import { orderIdOf } from '../inventory/inventory.ts';
import type { Facts } from '../inventory/state.ts';
import { markPayLater } from '../orders/mark-pay-later.ts';
import { writeOrderMails } from '../orders/order-mails.ts';
import { openLaterPayments } from '../payments/bank-money.ts';
import { paymentIdOf } from '../payments/payment.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { insertAwaited } from './awaited-store.ts';

const dayMs = 24 * 3_600_000;

/**
 * Writes which new orders wait for their money, in the transaction of their ledger batch, and enqueues their mails: what to pay and
 * where, a reminder, and that the order has ended. Each mail looks when it is sent whether it is still true.
 */
export function recordAwaited(trx: Writes, { ordered }: Facts, { eventId }: EventSale, now: Date): void {
  const placed = ordered.flatMap(({ hold, command }) =>
    command.order.later && hold.totalMinor > 0 ? [{ hold, later: command.order.later }] : [],
  );
  if (placed.length === 0) return;
  insertAwaited(trx, placed, now);
  markPayLater(trx, placed);
  openLaterPayments(
    trx,
    placed.map(({ hold, later }) => ({
      id: paymentIdOf(orderIdOf(hold.id)),
      eventId: hold.eventId,
      orderId: orderIdOf(hold.id),
      way: later.way,
      reference: later.reference,
      amountMinor: hold.totalMinor,
      currency: hold.currency,
      expiresAt: hold.expiresAt,
    })),
    now,
  );
  writeOrderMails(
    trx,
    eventId,
    placed.map(({ hold }) => ({ kind: 'transfer-asked', orderId: orderIdOf(hold.id) })),
  );
  writeJobs(
    trx,
    placed.flatMap(({ hold, later }) => {
      const orderId = orderIdOf(hold.id);
      const remindAt = remindAtOf(now, later.until);
      const mail = (kind: 'transfer-reminder' | 'transfer-lapsed', runAt: Date) => ({
        task: 'send-order-mails' as const,
        payload: [{ kind, orderId }],
        runAt,
      });
      return [
        ...(remindAt ? [mail('transfer-reminder', remindAt)] : []),
        // A little later than the end, so that the sweep has ended the order.
        mail('transfer-lapsed', new Date(hold.expiresAt.getTime() + 60_000)),
      ];
    }),
  );
}

/** Decision: when the buyer is reminded: two days before the end, so that a transfer is in time; null if the order is too short. */
function remindAtOf(now: Date, until: Date): Date | null {
  const at = until.getTime() - 2 * dayMs;
  return at - now.getTime() < dayMs ? null : new Date(at);
}
