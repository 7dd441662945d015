import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { Payment } from '../../../contract/payments.ts';
import type { App } from '../../app.ts';
import { paymentIdOf } from './payment.ts';
import { reconcilePayment } from './reconcile-payments.ts';
import { findPayment } from './store.ts';

/**
 * The payment that was opened for an order before, if it is still open. It first asks the provider, because the news of a payment
 * may be lost, and because a provider forgets after a day that it has opened a payment for this order.
 */
export async function findOpenPayment(
  app: App,
  order: { id: OrderId; eventId: EventId },
): Promise<Payment | null> {
  const id = paymentIdOf(order.id);
  const known = await findPayment(app.db, id, order.eventId);
  if (known?.status !== 'open' || known.provider !== app.payments.name || known.clientSecret === '')
    return null;
  await reconcilePayment(app, known);
  const payment = await findPayment(app.db, id, order.eventId);
  if (payment?.status !== 'open') return null;
  const { clientSecret, checkoutUrl } = payment;
  return {
    id,
    provider: app.payments.name,
    clientSecret,
    checkoutUrl,
    publishableKey: app.payments.publishableKey,
  };
}
