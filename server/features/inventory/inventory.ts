import type { ErrorCode } from '../../../contract/errors.ts';
import type {
  EventId,
  HoldId,
  OrderId,
  PaymentId,
  PoolId,
  SeatId,
  SeatMapId,
  TicketId,
  TicketTypeId,
  UserId,
} from '../../../contract/ids.ts';
import type { Language } from '../../../contract/languages.ts';
import type { Currency } from '../../../contract/money.ts';
import type { EventSale } from '../sale/event-sale.ts';
import type { PriceParts } from '../sale/price-parts.ts';
import type { SeatName, SeatPlan } from '../seating/seat-plan.ts';
import type { Mark } from './marks.ts';

/**
 * Places of one ticket type in a hold. Names and prices are frozen when the hold is placed, a price once more when a
 * promo code is redeemed.
 */
export interface HoldLine {
  ticketTypeId: TicketTypeId;
  name: string;
  quantity: number;
  /** What one place costs; the sum of `parts`. */
  unitMinor: number;
  parts: PriceParts;
  /** Those of the ticket type, and that of the promo code. */
  pools: PoolId[];
  seats?: number[];
  /** What the seats are called, in the order of `seats`. */
  seatNames?: SeatName[];
  /** The version of the seat map that they were chosen from. */
  seatMapId?: SeatMapId;
  /** Where a promo code has made it cheaper: by which, where its tickets are counted, and the price without. */
  promo?: { code: string; poolId: PoolId; fullMinor: number };
}

/**
 * active → confirmed | released | expired. Late money may confirm an expired hold while its places are
 * free; where it can't, or where the buyer had let go, the hold is forfeited and the money goes back.
 */
export type HoldStatus = 'active' | 'confirmed' | 'released' | 'expired' | 'forfeited';

/**
 * How much longer the places of a priced order are held than its buyer's countdown says, in milliseconds: a payment
 * that is begun in the last second still has this long to reach the bank, be approved by its owner, and come back.
 */
export const paymentGraceMs = 60_000;

export interface HoldRecord {
  id: HoldId;
  eventId: EventId;
  buyerId: UserId;
  status: HoldStatus;
  ordered: boolean;
  expiresAt: Date;
  places: number;
  /** Of those, the ones given back because their tickets were cancelled. */
  returned: number;
  lines: HoldLine[];
  totalMinor: number;
  currency: Currency;
  idempotencyKey: string | null;
  fingerprint: string | null;
  /** Where it was placed from, while it is active. */
  network: Mark | null;
  /** Of the address in its order. */
  mailbox: Mark | null;
  /** That it was paid with, where the provider tells. */
  card: Mark | null;
}

export interface Pool {
  id: PoolId;
  key: string;
  name: string;
  capacity: number;
  held: number;
  sold: number;
}

/** One byte per seat in seat-map order. */
export const seatStatus = { free: 0, held: 1, sold: 2, blocked: 3 } as const;
export type SeatStatus = (typeof seatStatus)[keyof typeof seatStatus];
export const seatStatusNames = ['free', 'held', 'sold', 'blocked'] as const;

/** The statuses of seats of which none is taken. Those that only an earlier seat map had are blocked: nobody can have them. */
export function allFree(plan: SeatPlan): Uint8Array {
  const seats = new Uint8Array(plan.indexCount);
  if (plan.seatCount === plan.indexCount) return seats;
  seats.fill(seatStatus.blocked);
  for (const row of plan.rows) for (const index of row.seats) seats[index] = seatStatus.free;
  return seats;
}

/** What a buyer asks for. */
export type Wants =
  | { kind: 'items'; items: { ticketTypeId: TicketTypeId; quantity: number }[] }
  | {
      kind: 'seats';
      seats: { seatId: SeatId; ticketTypeId?: TicketTypeId | undefined }[];
      seatMapId?: KnownMap;
    }
  | { kind: 'best'; ticketTypeId: TicketTypeId; quantity: number; seatMapId?: KnownMap };

/** The version of the seat map that the buyer looks at, where they say. */
type KnownMap = SeatMapId | undefined;

/** What may be done to an event's inventory. Each is all or nothing. */
export type Command =
  | {
      kind: 'place';
      holdId: HoldId;
      buyerId: UserId;
      wants: Wants;
      retry: { key: string; fingerprint: string } | null;
      /** Null for a request that came from no network, as in the demo. */
      network: Mark | null;
    }
  | { kind: 'release'; holdId: HoldId; buyerId: UserId }
  /** Null takes the promo code away that was redeemed before. */
  | { kind: 'redeem'; holdId: HoldId; buyerId: UserId; code: string | null }
  | { kind: 'order'; holdId: HoldId; buyerId: UserId; order: OrderDraft }
  /** Money has come for the order of this hold. */
  | { kind: 'confirm'; holdId: HoldId; paid: Paid }
  /** The payment for the order of this hold has failed for good. */
  | { kind: 'drop'; holdId: HoldId }
  | CancelCommand
  /** Nothing but what every batch does first: expire what is due. */
  | { kind: 'expire' };

/**
 * Cancels tickets of a bought order: order, tickets, refund and places change in one batch. An order that is not paid
 * yet has no tickets: `all` drops it.
 */
export interface CancelCommand {
  kind: 'cancel';
  holdId: HoldId;
  /** `all`: those that are not cancelled yet. */
  tickets: TicketId[] | 'all';
  refund: RefundRule;
  /** Asked again with the same key, it has no second effect. */
  retry: { key: string; fingerprint: string } | null;
}

/**
 * What goes back for cancelled tickets: what the event's refund policy gives its buyers, or their whole price or nothing,
 * as an organiser decides. It is never more than is left of the payment.
 */
export type RefundRule = 'policy' | 'full' | 'none';

/** A bought order at the start of a batch that cancels some of it. */
export interface SoldOrder {
  /** The start and the refund policy that it was sold with. */
  soldAs: Pick<EventSale, 'startsAt' | 'refundPolicy'>;
  /** What was promised back before, in minor units. */
  refundedMinor: number;
  tickets: SoldTicket[];
  /** The earlier cancellations that had an Idempotency-Key: its fingerprint by the key. */
  cancelledBy: Map<string, string>;
}

export interface SoldTicket {
  /** Null for a ticket that this very batch issues: nobody knows its id yet. */
  id: TicketId | null;
  /** Which place of the hold's lines it is for (places.ts). */
  position: number;
  status: 'valid' | 'used' | 'cancelled';
}

/** Tickets of one bought order that one command has cancelled. */
export interface CancelledTickets {
  hold: HoldRecord;
  command: CancelCommand;
  positions: number[];
  /** Their ids, without those of tickets that this very batch issues. */
  tickets: TicketId[];
  refundMinor: number;
  /** Whether the order has no other ticket left. */
  isLast: boolean;
}

/** What an order adds to its hold. */
export interface OrderDraft {
  buyerName: string;
  buyerEmail: string;
  mailbox: Mark;
  attendees: { name: string }[] | null;
  returnUrl: string | null;
  /** In which the buyer is written to. */
  language: Language;
}

export interface Paid {
  paymentId: PaymentId;
  intentRef: string;
  amountMinor: number;
  currency: Currency;
  /** Null where the provider does not tell. */
  card: Mark | null;
}

/** Why money buys nothing and goes back. */
export type RefundCause = 'places_gone' | 'card_limit';

export interface Refusal {
  kind: 'refused';
  code: ErrorCode;
  members?: Record<string, unknown>;
  /** With network_limit: whose places are in the way. */
  network?: Mark;
}

export const refuse = (code: ErrorCode, members?: Record<string, unknown>): Refusal =>
  members ? { kind: 'refused', code, members } : { kind: 'refused', code };

export type Outcome =
  /** `resumed`: it goes on with the clock of an earlier hold of the same places. */
  | { kind: 'held'; hold: HoldRecord; sale: EventSale; replayed: boolean; resumed: boolean }
  | { kind: 'released' }
  | { kind: 'redeemed'; hold: HoldRecord; sale: EventSale }
  | { kind: 'ordered'; hold: HoldRecord; sale: EventSale; replayed: boolean; confirmed: boolean }
  | { kind: 'confirmed'; hold: HoldRecord; late: boolean; replayed: boolean }
  /**
   * The places are gone, the buyer had let go of them, or the card has bought as many as one buyer may: the money must
   * go back. `cause` is null where that was said before.
   */
  | { kind: 'refund_due'; hold: HoldRecord; cause: RefundCause | null; replayed: boolean }
  | { kind: 'dropped'; replayed: boolean }
  | { kind: 'cancelled'; replayed: boolean }
  | { kind: 'expired' }
  | Refusal;

/** The order of a hold: the same id with the order's prefix. */
export const orderIdOf = (holdId: HoldId): OrderId => `ord_${holdId.slice(4)}`;
export const holdIdOf = (orderId: OrderId): HoldId => `hld_${orderId.slice(4)}`;
