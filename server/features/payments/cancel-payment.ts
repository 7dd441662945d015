import type { EventId, PaymentId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { enqueueJobs } from '../../work/jobs.ts';
import { isByHand } from './payment.ts';
import { findPayment } from './store.ts';
import { takePayment } from './take-payment.ts';

const askAgainMs = 60_000;

/**
 * Closes a payment with the provider after its order ended, so that nobody pays for places that are gone. If it was
 * already paid and the webhook has not arrived, this records the payment. If it is being paid at this moment, the job
 * asks the provider again in a minute.
 */
export async function cancelPayment(
  app: App,
  payload: { paymentId: PaymentId; eventId: EventId },
): Promise<void> {
  const payment = await findPayment(app.db, payload.paymentId, payload.eventId);
  // Nobody can close a bank transfer. Money that still comes is late money.
  if (payment?.status !== 'cancelled' || isByHand(payment.provider)) return;
  if (payment.provider !== app.payments.name)
    throw new Error(`${payment.id} is ${payment.provider}'s, which is not configured`);
  await app.payments.cancelPayment(payment.intentRef);
  const { status, ...money } = await app.payments.findPayment(payment.intentRef);
  if (status === 'succeeded')
    await takePayment(app, payment, {
      ...money,
      orderId: payment.orderId,
      eventId: payment.eventId,
      checkoutRef: payment.checkoutRef,
    });
  if (status !== 'open') return;
  const runAt = new Date(app.clock.now().getTime() + askAgainMs);
  await enqueueJobs(app.db, [
    { task: 'cancel-payment', payload, key: `cancel-payment:${payment.id}`, runAt },
  ]);
}
