import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import { ownAddress } from '../../../contract/own-address.ts';
import type { Payment } from '../../../contract/payments.ts';
import type { App } from '../../app.ts';
import { dueOf } from '../inventory/gift-payment.ts';
import { paymentIdOf } from './payment.ts';
import { savePayment } from './store.ts';

/** What a payment needs to know of a pending order. */
interface PayableOrder {
  id: OrderId;
  number: string;
  eventId: EventId;
  buyerEmail: string;
  lines: { name: string; quantity: number; giftMinor?: number }[];
  totalMinor: number;
  currency: Currency;
  returnUrl: string | null;
  expiresAt: Date;
}

/**
 * Opens the payment of a pending order, or returns the existing one. The payment's id follows from the order's id and
 * is the provider's idempotency key, so a retry after a crash at any point finds the same payment there. Throws
 * Refused('payment_provider_unavailable'); then the caller may place the order again.
 */
export async function openPayment(app: App, order: PayableOrder): Promise<Payment> {
  const { id: orderId, eventId, currency, expiresAt } = order;
  const amountMinor = dueOf(order);
  const created = await app.payments.createPayment({
    paymentId: paymentIdOf(orderId),
    orderId,
    eventId,
    amountMinor,
    currency,
    description: describe(order),
    buyerEmail: order.buyerEmail,
    returnUrl: order.returnUrl && ownAddress(order.returnUrl, new URL(app.config.publicUrl).origin),
    expiresAt,
  });
  const provider = app.payments.name;
  const createdAt = app.clock.now();
  const row = { ...created, orderId, eventId, provider, amountMinor, currency, expiresAt, createdAt };
  await savePayment(app.db, row);
  return {
    id: paymentIdOf(orderId),
    provider,
    clientSecret: created.clientSecret,
    checkoutUrl: created.checkoutUrl,
    publishableKey: app.payments.publishableKey,
  };
}

/** The text on the provider's page and on bank statements: `2 × Stalls, 1 × Circle (order 7KQ2M4XA)`. */
function describe(order: PayableOrder): string {
  const places = order.lines.map((line) => `${line.quantity} × ${line.name}`).join(', ');
  return `${places.slice(0, 200)} (order ${order.number})`;
}
