import type { EventId, OrderId, PaymentId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';

/** What a company that takes money must do for us. One implementation per provider in server/adapters/payments. */
export interface PaymentProvider {
  readonly name: 'sandbox' | 'stripe';
  /** For the browser; null with the sandbox. */
  readonly publishableKey: string | null;
  /** Opens a payment; the same paymentId again answers the same payment (the provider's idempotency). */
  createPayment(request: NewPayment): Promise<CreatedPayment>;
  /** Gives money back; the same refundId again answers the same refund. */
  refund(request: { refundId: string; intentRef: string; amountMinor: number }): Promise<ProviderRefund>;
  /** Asks how a refund stands that was pending. */
  findRefund(ref: string): Promise<ProviderRefund>;
  /** Closes a payment that nobody should pay any more; no error where it is closed already or was paid. */
  cancelPayment(intentRef: string): Promise<void>;
  /** Asks the provider itself how a payment stands: for webhooks that never came. */
  findPayment(intentRef: string): Promise<ProviderPayment>;
  /** The provider's name for the card of a payment, the same for every payment with it; null for what is no card. */
  findCard(intentRef: string): Promise<string | null>;
  /** Verifies a webhook's signature over the raw body and reads it; throws Refused('webhook_signature_invalid'). */
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
  /** Asks for the provider's own page, which returns here. */
  returnUrl: string | null;
  /** When the places are no longer held. */
  expiresAt: Date;
}

export interface CreatedPayment {
  intentRef: string;
  checkoutRef: string | null;
  /** Empty where the provider's own page is the only way to pay. */
  clientSecret: string;
  checkoutUrl: string | null;
}

export type ProviderStatus = 'open' | 'succeeded' | 'cancelled';

export interface ProviderPayment {
  intentRef: string;
  status: ProviderStatus;
  amountMinor: number;
  currency: Currency;
}

export interface ProviderRefund {
  /** Null where the provider refused and made none. */
  ref: string | null;
  status: 'succeeded' | 'pending' | 'failed';
}

/** A webhook, reduced to what an order can learn from it. */
export interface ProviderEvent {
  /** The provider's id of the event: the same on every delivery. */
  id: string;
  type: string;
  /** Why it is not about our money at all, though its signature is good; undefined where it is. */
  foreign?: 'wrong_mode' | 'other_account';
  effect:
    | {
        kind: 'payment_succeeded';
        intentRef: string;
        /** The hosted page that it was paid on, where the provider says so. */
        checkoutRef: string | null;
        amountMinor: number;
        currency: Currency;
        orderId: OrderId | null;
        eventId: EventId | null;
        /** As findCard() says; undefined where the event does not tell. */
        cardFingerprint?: string | null | undefined;
      }
    | { kind: 'payment_declined'; intentRef: string; orderId: OrderId | null; eventId: EventId | null }
    | { kind: 'payment_cancelled'; intentRef: string; orderId: OrderId | null; eventId: EventId | null }
    | {
        kind: 'refund_settled';
        refundId: string | null;
        ref: string;
        succeeded: boolean;
        intentRef: string | null;
        amountMinor: number;
        currency: Currency;
      }
    /** The buyer's bank has taken money back, or returned it. */
    | {
        kind: 'dispute_moved';
        ref: string;
        reason: 'disputed' | 'dispute_reinstated';
        intentRef: string | null;
        amountMinor: number;
        currency: Currency;
      }
    /** Verified, but nothing an order can learn from. */
    | { kind: 'ignored' }
    /** Verified, but it does not have the shape of the provider's events. A person must look at it. */
    | { kind: 'unreadable' };
}
