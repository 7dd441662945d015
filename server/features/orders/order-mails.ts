import type { z } from 'zod';
import type { EventId, Id, OrderId, SeatMapId, TransferId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { refundReasonSchema } from '../../../contract/payments.ts';
import type { Writes } from '../../data/db.ts';
import { writeUnhurriedJobs } from '../../work/jobs.ts';
import { orderIdOf } from '../inventory/inventory.ts';
import type { Facts } from '../inventory/state.ts';
import type { EventSale } from '../sale/event-sale.ts';
import type { Cancellation } from './record-cancellations.ts';

/** A mail to a buyer about an order. Its text is made from the order when it is sent (notifications/). */
export type OrderMail =
  /** `event-moved` tells all moves that the buyer does not know of when it is sent. */
  | { kind: 'order-confirmed' | 'order-held' | 'payment-failed' | 'event-moved'; orderId: OrderId }
  /** A new seat map gives seats of the order other names, or moves them. */
  | { kind: 'seats-changed'; orderId: OrderId; mapId: SeatMapId }
  /** The order is an exchange that the team has made and asks its holder to pay. */
  | { kind: 'exchange-asked' | 'exchange-lapsed'; orderId: OrderId }
  /** The order waits for its money by bank transfer, or has ended without it. */
  | { kind: 'transfer-asked' | 'transfer-reminder' | 'transfer-lapsed'; orderId: OrderId }
  | { kind: 'event-reminder'; orderId: OrderId; hoursAhead: number }
  | { kind: 'event-cancelled'; orderId: OrderId; refund: { amount: number; currency: Currency } }
  /** Asked for again: the link to the order, or the tickets after the address was corrected. Each request is a mail. */
  | { kind: 'order-link' | 'tickets-again'; orderId: OrderId; requestId: string }
  | BroadcastMail
  | { kind: 'order-cancelled'; orderId: OrderId; refund: { amount: number; currency: Currency } }
  | {
      kind: 'tickets-cancelled';
      orderId: OrderId;
      cancellationId: string;
      /** How many tickets. */
      tickets: number;
      refund: { amount: number; currency: Currency };
    }
  | {
      /** The organiser, and not the buyer, has decided to refund the order or to end tickets of it. */
      kind: 'order-refunded';
      orderId: OrderId;
      cancellationId: string;
      cause: Exclude<RefundReason, 'cancelled_by_buyer'>;
      /** The organiser's words; null if nobody said. */
      reason: string | null;
      /** The positions of the tickets that have ended. */
      ended: number[];
      /** The positions of the tickets whose price goes back. */
      refunded: number[];
      /** The order has no valid or used ticket any more. */
      isLast: boolean;
      refund: { amount: number; currency: Currency };
    }
  | {
      kind: 'refund-sent' | 'late-refund-sent';
      orderId: OrderId;
      refundId: string;
      reason: RefundReason;
      refund: { amount: number; currency: Currency };
    };

/** A message of the organiser to somebody who holds a ticket of the order. `event-news` can be switched off. */
export interface BroadcastMail {
  kind: 'broadcast' | 'event-news';
  orderId: OrderId;
  /** The transfer by which they hold the ticket; null for the buyer. */
  heldBy: TransferId | null;
  broadcastId: Id<'broadcast'>;
  /** Names the recipient in the key of the mail, so that an address with several orders gets one mail. */
  recipientKey: string;
}

export type RefundReason = z.output<typeof refundReasonSchema>;

/** Reasons for which the order never had tickets. */
export const noTicketsFor: ReadonlySet<RefundReason> = new Set<RefundReason>([
  'places_gone',
  'card_limit',
  'cancelled_before_payment',
  'ticket_gone',
  'gift_card_returned',
]);

/**
 * One job for each mail would cost more than one place in a hold. The mails of a job are sent at once. More per job
 * would delay a shutdown, which waits for running jobs, and the mails of other events, which take turns with this one.
 */
const itemsPerJob = 20;

/**
 * Enqueues mails of one event in the transaction that causes them. They are sent once if it commits. Enqueueing them twice sends
 * nothing more, because the mailer recognises a mail by its key (notifications/send-mail.ts).
 */
export const writeMails = (trx: Writes, eventId: EventId, mails: { kind: string }[]): void =>
  writeUnhurriedJobs(trx, eventId, mailJobsOf(mails));

export const mailJobsOf = (mails: { kind: string }[]) =>
  portionsOf(mails).map((some) => ({
    task: 'send-order-mails' as const,
    payload: some.map((mail) => ({ ...mail })),
  }));

/** Divides what follows from orders into jobs. */
export function portionsOf<T>(items: T[]): T[][] {
  const portions: T[][] = [];
  for (let i = 0; i < items.length; i += itemsPerJob) portions.push(items.slice(i, i + itemsPerJob));
  return portions;
}

/** Enqueues mails about orders of one event in the transaction that causes them. */
export const writeOrderMails = (trx: Writes, eventId: EventId, mails: OrderMail[]): void =>
  writeMails(trx, eventId, mails);

/** The mail that brings the tickets. */
export const confirmedMail = (orderId: OrderId): OrderMail => ({ kind: 'order-confirmed', orderId });

/** The mail that says that the tickets wait for a look at the order, and how to answer. */
export const heldMail = (orderId: OrderId): OrderMail => ({ kind: 'order-held', orderId });

/** The mail to somebody who had ordered and not paid yet when the event was cancelled. */
export const unpaidMail =
  ({ status }: Pick<EventSale, 'status'>) =>
  ({ hold, as }: Facts['ended'][number]): OrderMail[] =>
    status === 'cancelled' && as === 'cancelled'
      ? [
          {
            kind: 'event-cancelled',
            orderId: orderIdOf(hold.id),
            refund: { amount: 0, currency: hold.currency },
          },
        ]
      : [];

/** The mail that says which part of an order is cancelled, and what is refunded. */
export function cancelledMail(cancellation: Cancellation): OrderMail {
  const { id, hold, command, positions, shares, refundMinor, isLast } = cancellation;
  const orderId = orderIdOf(hold.id);
  const refund = { amount: refundMinor, currency: hold.currency };
  if (command.kind === 'refund' && command.cause === 'event_cancelled')
    return { kind: 'event-cancelled', orderId, refund };
  if (command.kind === 'refund') {
    const refunded = shares.map(({ position }) => position);
    const { cause, reason } = command;
    return {
      kind: 'order-refunded',
      orderId,
      cancellationId: id,
      cause,
      reason,
      ended: positions,
      refunded,
      isLast,
      refund,
    };
  }
  if (isLast) return { kind: 'order-cancelled', orderId, refund };
  return { kind: 'tickets-cancelled', orderId, cancellationId: id, tickets: positions.length, refund };
}
