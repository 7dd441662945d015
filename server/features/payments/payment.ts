import type { EventId, OrderId, OrganisationId, PaymentId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { RefundReason } from '../orders/order-mails.ts';

/** A payment as we keep it; how the provider sees it is in its own books. */
export interface PaymentRecord {
  id: PaymentId;
  eventId: EventId;
  orderId: OrderId;
  provider: 'sandbox' | 'stripe';
  intentRef: string;
  checkoutRef: string | null;
  clientSecret: string;
  checkoutUrl: string | null;
  status: 'open' | 'succeeded' | 'cancelled' | 'refunded';
  amountMinor: number;
  currency: Currency;
  /** When the order's places are no longer held. */
  expiresAt: Date;
}

/** The payment of an order: an order has one, so it has the same id with the payment's prefix. */
export const paymentIdOf = (orderId: OrderId): PaymentId => `pay_${orderId.slice(4)}`;

/** Money that came for an order. */
export interface Charge {
  eventId: EventId;
  orderId: OrderId;
  organisationId: OrganisationId;
  paymentId: PaymentId;
  amountMinor: number;
  currency: Currency;
  /** It came when the places were gone: nobody is owed it but the buyer. */
  late: boolean;
}

/** Money that goes back for an order. */
export interface NewRefund {
  eventId: EventId;
  orderId: OrderId;
  /** Null: the order's own. */
  paymentId: PaymentId | null;
  organisationId: OrganisationId;
  amountMinor: number;
  currency: Currency;
  reason: RefundReason;
}
