import type { EventId, OrderId, PaymentId, TicketId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';

/** What a payment provider must do for us. Each provider has one implementation in server/adapters/payments. */
export interface PaymentProvider {
  readonly name: 'sandbox' | 'stripe';
  /** For the browser; null with the sandbox. */
  readonly publishableKey: string | null;
  /** Opens a payment. The same paymentId again returns the same payment (the provider's idempotency). */
  createPayment(request: NewPayment): Promise<CreatedPayment>;
  /** Refunds money. The same refundId again returns the same refund. */
  refund(request: {
    refundId: string;
    intentRef: string;
    amountMinor: number;
    currency: Currency;
  }): Promise<ProviderRefund>;
  /** Asks for the state of a pending refund. */
  findRefund(ref: string): Promise<ProviderRefund>;
  /** Closes a payment that nobody should pay any more. It is no error if the payment is already closed or paid. */
  cancelPayment(intentRef: string): Promise<void>;
  /** Asks the provider for the state of a payment, in case its webhook never arrived. */
  findPayment(intentRef: string): Promise<ProviderPayment>;
  /** Lists all refunds of a payment, whoever made them. */
  listRefunds(intentRef: string): Promise<ReturnedMoney[]>;
  /**
   * The provider's name for the card of a payment, the same for every payment with that card; null if it was no card.
   */
  findCard(intentRef: string): Promise<string | null>;
  /** Lists the payments and refunds that the provider booked in this time, for the comparison of the books. */
  listMovements(from: Date, to: Date): AsyncIterable<ProviderMovement>;
  /** Verifies a webhook's signature over the raw body and reads it. Throws Refused('webhook_signature_invalid'). */
  readWebhook(rawBody: Buffer, signature: string | undefined): ProviderEvent;
}

export interface NewPayment {
  paymentId: PaymentId;
  orderId: OrderId;
  eventId: EventId;
  amountMinor: number;
  currency: Currency;
  description: string;
  buyerEmail: string;
  /** Asks for the provider's own page, which returns the buyer to this address. */
  returnUrl: string | null;
  /** When the places are no longer held. */
  expiresAt: Date;
}

export interface CreatedPayment {
  intentRef: string;
  checkoutRef: string | null;
  /** Empty if the provider's own page is the only way to pay. */
  clientSecret: string;
  checkoutUrl: string | null;
}

type ProviderStatus = 'open' | 'succeeded' | 'cancelled';

export interface ProviderPayment {
  intentRef: string;
  status: ProviderStatus;
  amountMinor: number;
  currency: Currency;
}

/** A refund at the provider. Somebody may have made it there, and not Admit. */
export interface ReturnedMoney {
  kind: 'refund_changed';
  /** The id that Admit gave with the refund; null if Admit did not make it. */
  refundId: string | null;
  ref: string;
  status: 'succeeded' | 'pending' | 'failed';
  intentRef: string | null;
  amountMinor: number;
  currency: Currency;
  /** The tickets that whoever made the refund named for it. */
  ticketIds: TicketId[];
}

/** Money that the provider took or sent, as its own books say. */
export interface ProviderMovement {
  kind: 'charge' | 'refund';
  /** The provider's id: of the payment intent for a charge, of the refund for a refund. */
  ref: string;
  amountMinor: number;
  currency: Currency;
  /** True if it carries an id of ours. Other programs may use the account too. */
  isOurs: boolean;
}

export interface ProviderRefund {
  /** Null if the provider refused and made no refund. */
  ref: string | null;
  status: 'succeeded' | 'pending' | 'failed';
}

/** A webhook, reduced to what matters for an order. */
export interface ProviderEvent {
  /** The provider's id of the event, the same on every delivery. */
  id: string;
  type: string;
  /** Why a validly signed event is not about our money; undefined if it is. */
  foreign?: 'wrong_mode' | 'other_account';
  effect:
    | {
        kind: 'payment_succeeded';
        intentRef: string;
        /** The hosted page on which it was paid, if the provider says so. */
        checkoutRef: string | null;
        amountMinor: number;
        currency: Currency;
        orderId: OrderId | null;
        eventId: EventId | null;
        /** As findCard() returns it; undefined if the event does not say. */
        cardFingerprint?: string | null | undefined;
      }
    | { kind: 'payment_declined'; intentRef: string; orderId: OrderId | null; eventId: EventId | null }
    | { kind: 'payment_cancelled'; intentRef: string; orderId: OrderId | null; eventId: EventId | null }
    | ReturnedMoney
    /** A payment has refunds, and the event does not say which. */
    | { kind: 'payment_refunded'; intentRef: string | null }
    /** The buyer's bank has taken money back, or returned it. */
    | {
        kind: 'dispute_moved';
        ref: string;
        reason: 'disputed' | 'dispute_reinstated';
        intentRef: string | null;
        amountMinor: number;
        currency: Currency;
      }
    /** Verified, but irrelevant for orders. */
    | { kind: 'ignored' }
    /** Verified, but it does not have the shape of the provider's events. A person must look at it. */
    | { kind: 'unreadable' };
}
