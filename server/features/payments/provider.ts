import type {
  EventId,
  OrderId,
  OrganisationId,
  PaymentId,
  PayoutId,
  TicketId,
} from '../../../contract/ids.ts';
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
  /** Lists all refunds of a payment, or those made in a time, whoever made them. */
  listRefunds(of: { intentRef: string } | { from: Date; to: Date }): AsyncIterable<ReturnedMoney>;
  /** Lists disputes, inquiries and fraud warnings that were opened in a time. */
  listDisputes(from: Date, to: Date): AsyncIterable<ProviderDispute>;
  findDispute(ref: string): Promise<ProviderDispute>;
  /** Asks for the payment of a charge. Null if the charge belongs to no payment, or if there is no such charge. */
  findIntentOf(chargeRef: string): Promise<string | null>;
  /** Asks for the card of a payment; null if it was no card. */
  findCard(intentRef: string): Promise<PaidCard | null>;
  /** Lists the payments and refunds that the provider booked in this time, for the comparison of the books. */
  listMovements(from: Date, to: Date): AsyncIterable<ProviderMovement>;
  /** Accounts of organisations with the provider, to which payouts are transferred; null if there are none. */
  readonly payoutAccounts: PayoutAccounts | null;
  /** Verifies a webhook's signature over the raw body and reads it. Throws Refused('webhook_signature_invalid'). */
  readWebhook(rawBody: Buffer, signature: string | undefined): ProviderEvent;
}

/** Accounts of organisations with the provider. */
export interface PayoutAccounts {
  /** Opens an account. `country` is null if the organisation has named none. Returns the provider's id of it. */
  open(organisationId: OrganisationId, country: string | null): Promise<string>;
  /** The address of the provider's page where the organisation says who it is. It works once, for some minutes. */
  link(accountRef: string, returnUrl: string): Promise<string>;
  /** True if the account gets transfers, and its money goes on to a bank. */
  isReady(accountRef: string): Promise<boolean>;
  /** Sends money to an account. The same payoutId again sends nothing more. */
  transfer(request: {
    payoutId: PayoutId;
    accountRef: string;
    amountMinor: number;
    currency: Currency;
  }): Promise<PayoutTransfer | RefusedTransfer>;
  /** Asks for the transfer of a payout; null if there is none. */
  findTransfer(payoutId: PayoutId): Promise<PayoutTransfer | null>;
}

export interface PayoutTransfer {
  ref: string;
  /** What came back of it to the platform. */
  returnedMinor: number;
}

/** The provider refuses for good. The same payoutId again gets the same answer. */
export interface RefusedTransfer {
  /** Why, in the provider's words. */
  refused: string;
}

/** A card as its provider tells it. Each member is null if the provider does not tell it. */
export interface PaidCard {
  /** The provider's name for the card, the same for every payment with that card. */
  fingerprint: string | null;
  /** The last four digits of its number. */
  last4: string | null;
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
  /** The provider's id of the charge, if it does not name the payment. */
  chargeRef?: string | undefined;
  amountMinor: number;
  currency: Currency;
  /** The tickets that whoever made the refund named for it. */
  ticketIds: TicketId[];
}

/** What the provider says of a dispute, an inquiry or a fraud warning at one moment. */
export interface ProviderDispute {
  ref: string;
  intentRef: string | null;
  /** The provider's id of the charge, if it does not name the payment. */
  chargeRef?: string | undefined;
  /** inquiry: the buyer's bank asks. chargeback: it takes the money. fraud_warning: it warns, and does nothing yet. */
  kind: 'inquiry' | 'chargeback' | 'fraud_warning';
  status: 'needs_response' | 'under_review' | 'won' | 'lost' | 'closed';
  /** 0 for a fraud warning, which is about the whole payment. */
  amountMinor: number;
  currency: Currency;
  /** The provider's word for it. */
  reason: string;
  evidenceDueAt: Date | null;
  /** Null if the provider does not say. */
  openedAt: Date | null;
  /** The provider took the money. */
  isWithdrawn: boolean;
  /** The provider returned the money. */
  isReinstated: boolean;
  /** What the provider took in fees for it so far. It is in the currency of our account with the provider. */
  feeMinor: number;
  /** What the provider returned of these fees. */
  feeReturnedMinor: number;
  /** Null if it took no fee. */
  feeCurrency: Currency | null;
  /** When the provider said so. */
  seenAt: Date;
}

/** Money that the provider took or sent, as its own books say. */
export interface ProviderMovement {
  /**
   * dispute: the provider took money for a dispute. dispute_reversal: it returned such money. transfer: it sent a payout to an
   * organisation's account. transfer_reversal: that came back.
   */
  kind: 'charge' | 'refund' | 'dispute' | 'dispute_reversal' | 'transfer' | 'transfer_reversal';
  /** The provider's id: of the payment intent for a charge, of the refund, dispute or transfer for the others. */
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
  /** When the provider made it; undefined if it does not say. */
  createdAt?: Date | undefined;
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
        card?: PaidCard | null | undefined;
      }
    | { kind: 'payment_declined'; intentRef: string; orderId: OrderId | null; eventId: EventId | null }
    | { kind: 'payment_cancelled'; intentRef: string; orderId: OrderId | null; eventId: EventId | null }
    | ReturnedMoney
    /** A payment has refunds, and the event does not say which. */
    | { kind: 'payment_refunded'; intentRef: string | null }
    | { kind: 'dispute_changed'; intentRef: string | null; dispute: ProviderDispute }
    /** Something changed about an organisation's account, or about the transfer of a payout. The event does not say what. */
    | { kind: 'payout_account_changed'; accountRef: string }
    | { kind: 'payout_transfer_changed'; payoutId: PayoutId }
    /** Verified, but irrelevant for orders. */
    | { kind: 'ignored' }
    /** Verified, but it does not have the shape of the provider's events. A person must look at it. */
    | { kind: 'unreadable' };
}
