import type { EventId, Id, OrderId, OrganisationId, PaymentId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import { type DoorMethod, doorMethods } from '../../../contract/order-origins.ts';
import { type LaterWay, laterWays } from '../../../contract/pay-way-fields.ts';
import type { DoorMoney } from '../inventory/issue.ts';
import type { RefundReason } from '../orders/order-mails.ts';
import type { Split } from '../sale/split.ts';
import type { PaymentProvider } from './provider.ts';

/** A payment in our books. The provider has its own books. */
export interface PaymentRecord {
  id: PaymentId;
  eventId: EventId;
  orderId: OrderId;
  provider: PaymentProvider['name'] | DoorMethod | LaterWay | 'gift_card';
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

/** The id of an order's payment. An order has one payment, so it is the same id with the payment's prefix. */
export const paymentIdOf = (orderId: OrderId): PaymentId => `pay_${orderId.slice(4)}`;

/**
 * The id of what gift cards pay of an order: that of its payment with a 7 as the first character. No id that was made before the
 * year 10889 begins with 7.
 */
export const giftPaymentIdOf = (orderId: OrderId): PaymentId => `pay_7${orderId.slice(5)}`;

/** The account of what is owed to the holders of gift cards, and that of what the organisation has to pay itself of it. */
export const giftAccountOf = (organisationId: OrganisationId): string => `gift:${organisationId}`;
export const giftIssuedOf = (organisationId: OrganisationId): string => `gift_issued:${organisationId}`;

/** The money that the organiser has itself: taken at the door, or on its bank account. No provider knows of it, so the team gives it back too. */
const ownMethods = [...doorMethods, ...laterWays] as const;
export const isByHand = (provider: PaymentRecord['provider']): provider is (typeof ownMethods)[number] =>
  ownMethods.some((method) => method === provider);

/** The account of the money that the organiser has taken itself (docs/money.md). */
export const tillOf = (organisationId: OrganisationId): string => `till:${organisationId}`;

/** Money that arrived for an order. */
export interface Charge {
  eventId: EventId;
  orderId: OrderId;
  organisationId: OrganisationId;
  paymentId: PaymentId;
  amountMinor: number;
  currency: Currency;
  /** The last four digits of the card; null if the provider did not tell them. */
  cardLast4: string | null;
  /** The member of the team who took the money at the door, and how; null if the provider has it. */
  door: DoorMoney | null;
  /** The organiser has it on its bank account. */
  byTransfer: boolean;
  /** Gift cards have paid it. */
  byGiftCard?: true;
  /** To whom the money belongs, if it is not late. */
  split: Split;
  /** True if the money arrived after the places were gone. Then it is owed to nobody but the buyer. */
  late: boolean;
}

/** A refund for an order. */
export interface NewRefund {
  eventId: EventId;
  orderId: OrderId;
  /** Null means the order's own payment. */
  paymentId: PaymentId | null;
  organisationId: OrganisationId;
  amountMinor: number;
  /** From whom the money is taken; null if it never belonged to anybody but the buyer. */
  split: Split | null;
  currency: Currency;
  reason: RefundReason;
  /** The decision that it follows from (orders/record-cancellations.ts), if the money had bought tickets. */
  cancellationId: Id<'cancellation'> | null;
  /** The provider's id, if somebody has made the refund at the provider already; null if Admit must ask for it. */
  providerRef: string | null;
}
