import type { App } from '../../app.ts';
import { failOrder } from '../orders/fail-order.ts';
import { closePayments } from './close-payments.ts';
import type { PaymentRecord } from './payment.ts';
import { listUnsettledPayments } from './store.ts';
import { takePayment } from './take-payment.ts';

const mostPerRun = 1000;
const atOnce = 8;

/**
 * Asks the provider about payments that are still open when their places are about to be released, or should have
 * been already. A lost webhook must not cost a buyer their seats. Runs every minute.
 */
export async function reconcilePayments(app: App): Promise<void> {
  const due = await listUnsettledPayments(app.db, app.payments.name, app.clock.now(), mostPerRun);
  const queue = due.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const payment of queue) {
        await reconcilePayment(app, payment).catch((err) =>
          app.log.warn({ err, paymentId: payment.id }, 'a payment could not be reconciled'),
        );
      }
    }),
  );
}

/** Asks the provider about one payment and does what follows from the answer. */
export async function reconcilePayment(app: App, payment: PaymentRecord): Promise<void> {
  const { orderId, eventId } = payment;
  const { status, ...money } = await app.payments.findPayment(payment.intentRef);
  if (status === 'succeeded') {
    const outcome = await takePayment(app, payment, {
      ...money,
      orderId,
      eventId,
      checkoutRef: payment.checkoutRef,
    });
    app.log.info({ paymentId: payment.id, orderId, outcome }, 'the provider was asked about a payment');
  }
  if (status === 'cancelled') await failOrder(app, { eventId, orderId });
  // The order ended before the payment's row was written, or else its end would have closed the payment.
  const now = app.clock.now();
  if (status === 'open' && payment.expiresAt <= now) {
    await app.db.writeAll((trx) => closePayments(app, trx, [orderId], now));
  }
}
