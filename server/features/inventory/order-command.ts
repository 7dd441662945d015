import type { HoldId, UserId } from '../../../contract/ids.ts';
import type { Language } from '../../../contract/languages.ts';
import type { InvoiceAddress } from '../../../contract/parties.ts';
import type { OrderAnswers } from '../../../contract/question-fields.ts';
import type { Mark } from './marks.ts';
import type { PayLater } from './pay-later.ts';

/** Turns a hold into an order. */
export interface OrderCommand {
  kind: 'order';
  holdId: HoldId;
  buyerId: UserId;
  order: OrderDraft;
  hasExtras?: boolean;
  /** Hashes of the codes of gift cards, in the order in which they pay. */
  giftCards?: string[];
}

/** What an order adds to its hold. */
export interface OrderDraft {
  buyerName: string;
  buyerEmail: string;
  mailbox: Mark;
  attendees: { name: string }[] | null;
  returnUrl: string | null;
  /** The language of mails to the buyer. */
  language: Language;
  /** What the buyer answered and which terms they accepted. */
  answers?: OrderAnswers | undefined;
  acceptedTerms?: { key: string; version: number }[] | undefined;
  /** The order is paid later, and its places stay held until then. */
  later?: PayLater | undefined;
  /** Whom the invoice names. Without it the buyer gets a receipt. */
  invoiceAddress?: InvoiceAddress | undefined;
}

/** Why a payment can't buy anything and is refunded. `ticket_gone`: nobody can exchange the ticket any more. */
export type RefundCause =
  | 'places_gone'
  | 'card_limit'
  | 'cancelled_before_payment'
  | 'ticket_gone'
  /** The payment is late, and the gift card that paid the other part has its money back. */
  | 'gift_card_returned';
