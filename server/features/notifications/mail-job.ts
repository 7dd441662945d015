import type { OrderId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';

/** The payloads of `send-mail` and, in lists, of `send-order-mails`. A mail about an order is read from the order when it is sent. */
export type MailJob =
  | { kind: 'verify-email' | 'reset-password'; to: string; name: string; url: string }
  | { kind: 'new-sign-in'; to: string; name: string; url: string; browser: string }
  | { kind: 'order-confirmed' | 'event-reminder'; orderId: OrderId }
  | { kind: 'order-cancelled'; orderId: OrderId; refund: { amount: number; currency: Currency } }
  | {
      kind: 'refund-sent' | 'late-refund-sent';
      orderId: OrderId;
      refundId: string;
      reason: RefundReason;
      refund: { amount: number; currency: Currency };
    };

export type OrderMailJob = Extract<MailJob, { orderId: OrderId }>;
export type AccountMailJob = Extract<MailJob, { url: string }>;

export type RefundReason = 'cancelled_by_buyer' | 'places_gone' | 'paid_twice';
