import type { EventId, HoldId, OrderId, UserId } from '../../../contract/ids.ts';
import type { Language } from '../../../contract/languages.ts';
import type { Currency } from '../../../contract/money.ts';
import type { OrderOrigin } from '../../../contract/order-origins.ts';
import type { CancellationQuote, Order, OrderStatus } from '../../../contract/orders.ts';
import type { LaterWay } from '../../../contract/pay-way-fields.ts';
import { cancellationOf, showQuote, type WantedTickets } from '../inventory/cancellation.ts';
import type { Credit } from '../inventory/credits.ts';
import {
  type HoldLine,
  type HoldRecord,
  orderIdOf,
  type Refusal,
  refuse,
  type SoldTicket,
} from '../inventory/inventory.ts';
import type { OrderDraft } from '../inventory/order-command.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { type SoldAs, soldAsOf } from './sold-as.ts';

/** An order as it is stored. */
export interface OrderRecord {
  id: OrderId;
  number: string;
  eventId: EventId;
  holdId: HoldId;
  buyerId: UserId;
  status: 'pending' | 'confirmed' | 'failed' | 'expired' | 'cancelled';
  buyerName: string;
  buyerEmail: string;
  attendees: { name: string }[] | null;
  lines: HoldLine[];
  /** The event and its terms at the time of the order. */
  soldAs: SoldAs;
  totalMinor: number;
  refundedMinor: number;
  /** What disputes have taken of it. */
  disputedMinor: number;
  /** True if the provider has told of a dispute, an inquiry or a fraud warning. */
  hasDisputes: boolean;
  currency: Currency;
  problem: Order['problem'];
  returnUrl: string | null;
  /** The language of mails to the buyer. */
  language: Language;
  /** Null for an order that is paid at once. */
  payBy: LaterWay | null;
  expiresAt: Date;
  origin: OrderOrigin;
  /** The version of the links in the order's mails (order-links.ts). */
  linkVersion: number;
  createdAt: Date;
  confirmedAt: Date | null;
}

/** Eight characters that a person can read out: the random end of the id. */
export const orderNumber = (orderId: OrderId): string => orderId.slice(-8);

/** The order that the ledger has just written for a hold. */
export const pendingOrder = (
  hold: HoldRecord,
  draft: OrderDraft,
  sale: EventSale,
  now: Date,
): OrderRecord => ({
  ...draft,
  id: orderIdOf(hold.id),
  number: orderNumber(orderIdOf(hold.id)),
  eventId: hold.eventId,
  holdId: hold.id,
  buyerId: hold.buyerId,
  status: 'pending',
  lines: hold.lines,
  soldAs: soldAsOf(sale),
  totalMinor: hold.totalMinor,
  refundedMinor: 0,
  disputedMinor: 0,
  hasDisputes: false,
  currency: hold.currency,
  problem: null,
  payBy: hold.totalMinor > 0 ? (draft.later?.way ?? null) : null,
  origin: 'online',
  linkVersion: 1,
  expiresAt: hold.expiresAt,
  createdAt: now,
  confirmedAt: null,
});

/** Decision: the status to show. States that follow from the clock or from a refund are not stored. */
export function shownStatus(
  order: Pick<OrderRecord, 'status' | 'expiresAt' | 'totalMinor' | 'refundedMinor'>,
  eventEndsAt: Date,
  now: Date,
): OrderStatus {
  if (order.status === 'pending' && order.expiresAt <= now) return 'expired';
  if (order.status === 'confirmed' && eventEndsAt <= now) return 'completed';
  if (order.status === 'cancelled' && order.totalMinor > 0 && order.refundedMinor === order.totalMinor)
    return 'refunded';
  return order.status;
}

/**
 * Decision: what a cancellation of an order at `now` gives back, by the policy that the order was bought with. Refuses what
 * the ledger would refuse.
 */
export function quoteOf(
  order: Pick<
    OrderRecord,
    | 'status'
    | 'totalMinor'
    | 'refundedMinor'
    | 'disputedMinor'
    | 'lines'
    | 'soldAs'
    | 'currency'
    | 'expiresAt'
  >,
  tickets: SoldTicket[],
  wanted: WantedTickets,
  event: Pick<EventSale, 'eventId' | 'status' | 'startsAt' | 'refundOffers'>,
  now: Date,
  credits: Credit[] = [],
): CancellationQuote | Refusal {
  const { status, currency, expiresAt } = order;
  if (status === 'confirmed') {
    const found = cancellationOf({ ...order, tickets }, wanted, event, now, credits);
    return 'code' in found ? found : showQuote(found, currency);
  }
  if (wanted.tickets !== 'all') return refuse('ticket_not_of_order', { tickets: wanted.tickets });
  if (status !== 'pending' || expiresAt <= now) return refuse('order_not_cancellable');
  return showQuote({ refundMinor: 0, ofCredits: [], keptMinor: 0, until: expiresAt }, currency);
}

/** Replaces the address of a buyer whose name and address were erased. No mail is sent to it. */
export const erasedEmail = 'erased@deleted.invalid';

/** False for an erased buyer, and for a person who bought at the door and gave no address. */
export const hasAddress = (email: string): boolean => email !== '' && email !== erasedEmail;
