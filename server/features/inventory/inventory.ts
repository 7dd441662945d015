import type { ErrorCode } from '../../../contract/errors.ts';
import type {
  EventId,
  HoldId,
  Id,
  OrderId,
  PaymentId,
  PoolId,
  ResaleId,
  SeatMapId,
  TicketId,
  TicketTypeId,
  TransferId,
  UserId,
} from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { Parts } from '../../../contract/price.ts';
import type { ActBy } from '../../data/audit-trail.ts';
import type { EventSale, GroupPrice } from '../sale/event-sale.ts';
import type { Pricing } from '../sale/price-parts.ts';
import type { Split } from '../sale/split.ts';
import type { SeatName, SeatPlan } from '../seating/seat-plan.ts';
import type { TeamCommand } from './block.ts';
import type { DoorMoney, IssueCommand } from './issue.ts';
import type { JoinCommand, LeaveCommand, LineEntry } from './line.ts';
import type { Mark } from './marks.ts';
import type { OrderCommand, RefundCause } from './order-command.ts';
import type { FreeOwedCommand } from './other-date.ts';
import type { KeepCommand, KeptFor, OfPass } from './pass-places.ts';
import type { OnResale, Resale, ResaleCommand } from './resale.ts';
import type { MadeBatch } from './state.ts';
import type { SwapCommand } from './swap-command.ts';
import type { TradeIn } from './trade-in.ts';
import type { VoucherCommand } from './voucher.ts';
import type { Wants } from './wants.ts';

/**
 * Places of one ticket type in a hold. Names and prices are frozen when the hold is placed, and prices again when a
 * promo code is redeemed or places are exchanged.
 */
export interface HoldLine {
  ticketTypeId: TicketTypeId;
  name: string;
  quantity: number;
  /** What the buyer pays for one place, with tax and booking fee: the sum of `parts`. */
  unitMinor: number;
  parts: Parts;
  /** The terms of the price. Left out if the event has neither tax nor booking fee. */
  pricing?: Pricing;
  /** The pools of the ticket type, of the price step, and of the promo code. */
  pools: PoolId[];
  /** The price step at which the places are held, and the pool that counts its tickets. */
  step?: { name: string; poolId: PoolId };
  /** The group prices of the type, and its price for fewer tickets, as they were when the places were held. */
  group?: { listMinor: number; groups: GroupPrice[] };
  /** The buyer has named the price, so no promo code reduces it. */
  isChosen?: true;
  seats?: number[];
  /** The names of the seats, in the order of `seats`. */
  seatNames?: SeatName[];
  /** The version of the seat map that they were chosen from. */
  seatMapId?: SeatMapId;
  /** The redeemed code, the pool that counts its tickets, and the prices: `fullMinor` without it, `listMinor` the organiser's with it. */
  promo?: { code: string; poolId: PoolId; fullMinor: number; listMinor?: number; isVoucher?: true };
  /** On the first line of an order: what gift cards pay of the whole order, in minor units (gift-payment.ts). */
  giftMinor?: number;
  /** On an extra, which admits nobody and counts as no place (extras.ts): how the buyer gets it. */
  collect?: NonNullable<EventSale['ticketTypes'][number]['product']>['collect'];
  /** On the only line of an exchange: the ticket that is given for this place. The price is the difference. */
  tradeIn?: TradeIn;
  /** On the line of a ticket that somebody else offers for resale: where its place is. Such a line has one place. */
  resale?: OnResale;
  /** On the line of a hold that keeps places for a pass, and on that of an order that a pass brought (pass-places.ts). */
  keptFor?: KeptFor;
  ofPass?: OfPass;
}

/**
 * active → confirmed | released | expired. A late payment may confirm an expired hold while its places are free. If
 * they are not free, or if the buyer had released the hold, the hold becomes forfeited and the payment is refunded.
 * blocked → released: the team keeps the places off sale (block.ts).
 */
export type HoldStatus = 'active' | 'confirmed' | 'released' | 'expired' | 'forfeited' | 'blocked';

/**
 * How much longer than the buyer's countdown the places of a priced order stay held, in milliseconds. A payment that
 * starts in the last second needs this time to reach the bank, be approved by the card's owner, and come back.
 */
export const paymentGraceMs = 60_000;

/** Until when a payment for a priced order may begin. */
export const payBeforeOf = ({ expiresAt }: { expiresAt: Date }): Date =>
  new Date(expiresAt.getTime() - paymentGraceMs);

export interface HoldRecord {
  id: HoldId;
  eventId: EventId;
  buyerId: UserId;
  status: HoldStatus;
  ordered: boolean;
  expiresAt: Date;
  places: number;
  /** How many of the sold places were given back because their tickets were cancelled. */
  returned: number;
  lines: HoldLine[];
  totalMinor: number;
  currency: Currency;
  idempotencyKey: string | null;
  fingerprint: string | null;
  /** The network that placed it, while it is active. */
  network: Mark | null;
  /** The mailbox of its order. */
  mailbox: Mark | null;
  /** The card that paid for it, if the provider tells. */
  card: Mark | null;
}

export interface Pool {
  id: PoolId;
  key: string;
  name: string;
  capacity: number;
  held: number;
  sold: number;
  /** Free places that are kept for a party in the waitlist. They are not on sale. */
  kept: number;
  /** Places that the team keeps off sale. */
  blocked: number;
}

/** One byte per seat in seat-map order. */
export const seatStatus = { free: 0, held: 1, sold: 2, blocked: 3 } as const;
export type SeatStatus = (typeof seatStatus)[keyof typeof seatStatus];
export const seatStatusNames = ['free', 'held', 'sold', 'blocked'] as const;

/**
 * The statuses of seats before any is taken. Seats of earlier seat maps are blocked, because nobody can have them.
 */
export function allFree(plan: SeatPlan): Uint8Array {
  const seats = new Uint8Array(plan.indexCount);
  if (plan.seatCount === plan.indexCount) return seats;
  seats.fill(seatStatus.blocked);
  for (const row of plan.rows) for (const index of row.seats) seats[index] = seatStatus.free;
  return seats;
}

/** Commands that change an event's inventory. Each is all or nothing. */
export type Command =
  | {
      kind: 'place';
      holdId: HoldId;
      buyerId: UserId;
      wants: Wants;
      retry: { key: string; fingerprint: string } | null;
      /** Null for a request that came from no network, as in the demo. */
      network: Mark | null;
      /** A promo code or a voucher. It opens hidden ticket types, and its kept places. */
      code?: string | undefined;
    }
  | { kind: 'release'; holdId: HoldId; buyerId: UserId }
  | ExchangeCommand
  /** Null removes the promo code that was redeemed before. */
  | { kind: 'redeem'; holdId: HoldId; buyerId: UserId; code: string | null }
  | OrderCommand
  /** A payment has arrived for the order of this hold. */
  | { kind: 'confirm'; holdId: HoldId; paid: Paid }
  /** The payment for the order of this hold has failed for good. */
  | { kind: 'drop'; holdId: HoldId }
  | CancelCommand
  | RefundCommand
  | JoinCommand
  | LeaveCommand
  | SwapCommand
  | ResaleCommand
  | TeamCommand
  | VoucherCommand
  | IssueCommand
  | KeepCommand
  | FreeOwedCommand
  /** Ends this hold if its event is cancelled, which every batch does first with the holds that its commands name. */
  | { kind: 'close'; holdId: HoldId }
  /** Only expires what is due, which every batch does first. */
  | { kind: 'expire' };

/** Gives an active hold these places instead of those that it has. */
export interface ExchangeCommand {
  kind: 'exchange';
  holdId: HoldId;
  buyerId: UserId;
  wants: Exclude<Wants, { kind: 'best' }>;
  /** The network that the hold counts for. */
  network: Mark | null;
}

/**
 * Cancels tickets of a bought order for whoever holds them: order, tickets, refund and places change in one batch. The refund
 * policy that was bought says what goes back, and it is never more than the payment minus earlier refunds. An unpaid order has
 * no tickets yet, and `all` drops it.
 */
export interface CancelCommand {
  kind: 'cancel';
  holdId: HoldId;
  /** `all` means all tickets that are not cancelled yet. */
  tickets: TicketId[] | 'all';
  /** The transfer by which the person who cancels holds the tickets; left out for the buyer of the order. */
  heldBy?: TransferId | null;
  /** The refund that the buyer agreed to. The command is refused if less would go back. */
  leastRefundMinor?: number;
  /** A member of the team takes back an exchange that waits for its payment. A paid order is refused. */
  withdrawnBy?: ActBy;
  /** A retry with the same key has no second effect. */
  retry: { key: string; fingerprint: string } | null;
}

/**
 * Gives money of a bought order back and ends tickets of it, whatever its refund policy says: an organiser decides it, or
 * the event is cancelled. Order, tickets, refund and places change in one batch. Tickets that were used stay used, but
 * their money can go back.
 */
export interface RefundCommand {
  kind: 'refund';
  holdId: HoldId;
  /** `all` means the whole order. Tickets that were used or cancelled may be named too. */
  tickets: TicketId[] | 'all';
  /** Null means everything that is left of the price of these tickets. 0 only ends tickets. */
  amountMinor: number | null;
  /**
   * True: no ticket ends. False: these tickets end if they are valid. Null: they end unless the command gives an amount,
   * names no tickets, and leaves something of the payment.
   */
  keepTickets: boolean | null;
  cause: DecidedRefund;
  /** The provider's id of the refund, if somebody has made it there already. */
  sentAs?: string;
  /** Why, in words for the buyer; null if nobody said. */
  reason: string | null;
  /** Who decided it, for the audit log. */
  by: ActBy;
  /** The id of the record. The refund and its shares are found by it. */
  cancellationId: Id<'cancellation'>;
  /** A retry with the same key has no second effect. */
  retry: { key: string; fingerprint: string } | null;
  /** The ticket follows the ticket of a pass, whose own mail and entry in the audit log tell of it. */
  followsPass?: true;
}

/** Why a RefundCommand gives money back. */
type DecidedRefund = 'refunded_by_organiser' | 'event_cancelled' | 'refunded_outside' | 'disputed';

/** A bought order at the start of a batch that cancels or refunds tickets of it. */
export interface SoldOrder {
  /** The event's version, start and refund policy at the time of the order. */
  soldAs: Pick<EventSale, 'version' | 'startsAt' | 'refundPolicy'>;
  /** The sum of earlier refunds, in minor units. */
  refundedMinor: number;
  /** The same sum by whom it was taken from. */
  refunded: Split;
  /** What disputes have taken of the order, in minor units. */
  disputedMinor: number;
  /** What went back to gift cards. Left out if that is nothing. */
  giftReturnedMinor?: number;
  tickets: SoldTicket[];
  /** Fingerprints of earlier cancellations by their Idempotency-Key. */
  cancelledBy: Map<string, string>;
}

export interface SoldTicket {
  /** Null for a ticket that this batch issues: nobody knows its id yet. */
  id: TicketId | null;
  /** Which place of the hold's lines the ticket is for (places.ts). */
  position: number;
  status: 'valid' | 'used' | 'cancelled';
  /** How much of its price went back, in minor units. */
  refundedMinor: number;
  /** The transfer that brought the ticket to its holder; null while the buyer of the order holds it. */
  transferId: TransferId | null;
  /** The hold of an exchange of this ticket that is not paid yet. */
  exchange?: HoldId | null;
  /** Its open offer for resale. */
  resaleId: ResaleId | null;
  /** The event for whose place it was exchanged, if that is another one. The new ticket counts its price as paid. */
  movedTo?: EventId | null;
  /** It was exchanged for a place of another event, and its own place is not free yet. */
  owesPlace?: boolean;
}

/** Tickets of one bought order that one command has cancelled, and the money that it gives back. Either may be nothing. */
export interface CancelledTickets {
  hold: HoldRecord;
  command: CancelCommand | RefundCommand | OfExchange;
  /** The tickets that the command has cancelled. */
  positions: number[];
  /** Their ids, without tickets that this batch issues. */
  tickets: TicketId[];
  /** The transfers by which other people than the buyer held cancelled tickets. */
  transfers: TransferId[];
  refundMinor: number;
  /** The sum of earlier refunds of the order. */
  refundedBefore: number;
  /** How much of the refund goes back to gift cards. */
  giftBackMinor: number;
  /** From whom the refund is taken. */
  refundSplit: Split;
  /** For which tickets the money goes back. What is missing to `refundMinor` is of the fee of the order. */
  shares: RefundShare[];
  /** True if the command cancels the last ticket of the order. */
  isLast: boolean;
}

/**
 * What an exchange does to the order that had the ticket: the exchange ends its ticket (`exchanged`), or what this order was
 * paid for the ticket goes back, because the ticket that replaces it has ended. `resold`: somebody else has bought the ticket.
 */
export interface OfExchange {
  kind: 'of-exchange';
  cause: 'exchanged' | 'resold' | 'cancelled_by_buyer' | DecidedRefund;
  retry: null;
}

/** The part of a refund that is for one ticket. */
export interface RefundShare {
  position: number;
  minor: number;
}

export interface Paid {
  paymentId: PaymentId;
  intentRef: string;
  amountMinor: number;
  currency: Currency;
  /** Null if the provider does not tell. The same goes for the last four digits of its number. */
  card: Mark | null;
  cardLast4?: string | null;
  door?: DoorMoney;
  /** The organiser has it on its bank account. */
  byTransfer?: true;
}

export interface Refusal {
  kind: 'refused';
  code: ErrorCode;
  members?: Record<string, unknown>;
  /** With network_limit: the network whose places exceed the limit. */
  network?: Mark;
}

export const refuse = (code: ErrorCode, members?: Record<string, unknown>): Refusal =>
  members ? { kind: 'refused', code, members } : { kind: 'refused', code };

export type Outcome =
  /** `resumed`: the hold continues the clock of an earlier hold of the same places. */
  | { kind: 'held'; hold: HoldRecord; sale: EventSale; replayed: boolean; resumed: boolean }
  | { kind: 'released' }
  | { kind: 'redeemed'; hold: HoldRecord; sale: EventSale }
  /** `resumed`: a new place has an old clock, so the hold now ends earlier. */
  | { kind: 'exchanged'; hold: HoldRecord; sale: EventSale; resumed: boolean }
  | { kind: 'ordered'; hold: HoldRecord; sale: EventSale; replayed: boolean; confirmed: boolean }
  | { kind: 'confirmed'; hold: HoldRecord; late: boolean; replayed: boolean }
  /**
   * The payment must be refunded: the places are gone, the buyer had released them, or the card has bought as many as
   * one buyer may. `cause` is null if the refund was already decided.
   */
  | { kind: 'refund_due'; hold: HoldRecord; cause: RefundCause | null; replayed: boolean }
  | { kind: 'dropped'; replayed: boolean }
  | { kind: 'cancelled'; replayed: boolean }
  | { kind: 'refunded'; replayed: boolean }
  /** `position` is null if the entry does not wait any more. */
  | { kind: 'joined'; entry: LineEntry; position: number | null; replayed: boolean }
  /** `resale_over`: resales have ended, or there was none. */
  | { kind: 'left' | 'expired' | 'resale_over' | 'freed' }
  | { kind: 'blocked'; hold: HoldRecord }
  | { kind: 'kept' }
  /** How many vouchers were changed, or a batch has in all. */
  | { kind: 'vouchers'; made: number; batch: MadeBatch | null }
  | { kind: 'resale'; resale: Resale; replayed: boolean }
  | Refusal;

/** The id of a hold's order: the same id with the order's prefix. */
export const orderIdOf = (holdId: HoldId): OrderId => `ord_${holdId.slice(4)}`;
export const holdIdOf = (orderId: OrderId): HoldId => `hld_${orderId.slice(4)}`;
