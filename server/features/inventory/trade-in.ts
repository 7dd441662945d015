import type { ErrorCode } from '../../../contract/errors.ts';
import type { EventId, HoldId, PoolId, TicketId, TransferId } from '../../../contract/ids.ts';
import { allocate } from '../../../contract/money.ts';
import { type Parts, priceOf } from '../../../contract/price.ts';
import type { EventSale } from '../sale/event-sale.ts';
import type { HoldLine, SoldTicket } from './inventory.ts';
import { placesOf } from './places.ts';

/**
 * The ticket that is given for the place of an exchange (swap.ts). The order of the exchange costs the difference in price.
 * The rest of the price stays with the orders that were paid before, the `credits`.
 */
export interface TradeIn {
  /** The hold of the order that has the ticket. */
  holdId: HoldId;
  /** Which ticket of that order. */
  position: number;
  ticketId: TicketId;
  /** The event of the ticket, if the place is on another date of its run (other-date.ts). */
  eventId?: EventId;
  /** The transfer by which its holder had it; null for the buyer of the order. */
  transferId: TransferId | null;
  /** A manager has made the exchange and asks the holder to pay for it. */
  asked?: true;
  /** The pools of the new place. Until the exchange is finished, the line leaves out those that count the old place. */
  pools: PoolId[];
  /**
   * The seat, if the ticket keeps its seat and only changes its ticket type. Until the exchange is finished, the line leaves the
   * seat out, because the old ticket has it.
   */
  seats?: number[];
  /** The tickets of earlier orders whose prices count for this one, the latest first. */
  credits: { holdId: HoldId; position: number }[];
}

/** The ticket that this hold exchanges; undefined for every other hold. */
export const tradeInOf = ({ lines }: { lines: HoldLine[] }): TradeIn | undefined => lines[0]?.tradeIn;

/** The line of a finished exchange or resale: it has its seat, and all pools of the place count it. */
export function wholeLine(line: HoldLine): HoldLine {
  const { tradeIn, resale } = line;
  if (tradeIn) {
    const { pools, seats = line.seats } = tradeIn;
    return { ...line, pools, ...(seats && { seats }) };
  }
  if (!resale) return line;
  const { pools, seats, seatNames } = resale;
  return { ...line, pools, ...(seats && { seats }), ...(seatNames && { seatNames }) };
}

/** Decision: the parts of an amount that is a part of a price, in the same proportions. */
export function partsOfAmount(minor: number, whole: Parts): Parts {
  const wholeMinor = priceOf(whole);
  if (minor === wholeMinor) return whole;
  const { netMinor, taxMinor, feeMinor, absorbedMinor, feeTaxMinor } = whole;
  if (minor === 0 || wholeMinor === 0) return { netMinor: minor, taxMinor: 0, feeMinor: 0 };
  const [net = 0, tax = 0, fee = 0] = allocate(minor, [netMinor, taxMinor, feeMinor]);
  const share = (part: number) => Math.floor((part * minor) / wholeMinor);
  return {
    netMinor: net,
    taxMinor: tax,
    feeMinor: fee,
    ...(absorbedMinor && { absorbedMinor: Math.min(net, share(absorbedMinor)) }),
    ...(feeTaxMinor && { feeTaxMinor: share(feeTaxMinor) }),
  };
}

/** What is left of the price of one ticket after refunds. */
export const leftOfTicket = (lines: HoldLine[], { position, refundedMinor }: SoldTicket): number =>
  (placesOf(lines)[position]?.line.unitMinor ?? 0) - refundedMinor;

/** What decides whether a ticket can be given back for something else. */
export type GivenTicket = Pick<SoldTicket, 'status' | 'transferId' | 'resaleId'>;

/** Decision: why whoever has a ticket by `transferId` cannot give it for anything at `now`; null if they can. */
export function whyNotGive(
  ticket: GivenTicket,
  event: Pick<EventSale, 'status' | 'endsAt'>,
  transferId: TransferId | null,
  now: Date,
): ErrorCode | null {
  if (event.status === 'cancelled') return 'event_cancelled';
  if (ticket.transferId !== transferId) return 'ticket_transferred';
  if (ticket.status !== 'valid') return ticket.status === 'used' ? 'ticket_used' : 'ticket_cancelled';
  if (ticket.resaleId) return 'resale_pending';
  return event.endsAt <= now ? 'event_over' : null;
}

/** Decision: why a ticket cannot be exchanged at `now`; null if it can. */
export function whyNotExchange(
  ticket: GivenTicket,
  event: Pick<EventSale, 'status' | 'endsAt' | 'exchanges'>,
  wanted: { transferId: TransferId | null; by: 'holder' | 'organiser' },
  now: Date,
): ErrorCode | null {
  const refused = whyNotGive(ticket, event, wanted.transferId, now);
  if (refused || wanted.by === 'organiser') return refused;
  const { allowed, until } = event.exchanges;
  if (!allowed) return 'exchanges_off';
  return until !== null && until <= now ? 'exchanges_ended' : null;
}

/** Decision: how much dearer or cheaper the new place is than what was paid for the old ticket. */
export function differenceOf({
  paidMinor,
  newMinor,
  sameType,
}: {
  paidMinor: number;
  newMinor: number;
  sameType: boolean;
}): { dearerMinor: number; backMinor: number } {
  // Another place of the same ticket type costs what the ticket cost, whatever the type costs now.
  if (sameType) return { dearerMinor: 0, backMinor: 0 };
  const differenceMinor = newMinor - paidMinor;
  return { dearerMinor: Math.max(0, differenceMinor), backMinor: Math.max(0, -differenceMinor) };
}

/**
 * Decision: until when a holder whom the team asks may pay for an exchange. After the event has begun nobody waits for money,
 * unless the team makes the exchange then.
 */
export function payUntil(
  events: Pick<EventSale, 'startsAt' | 'endsAt'>[],
  withinMs: number,
  now: Date,
): Date {
  const ends = events.map(({ startsAt, endsAt }) => (startsAt > now ? startsAt : endsAt).getTime());
  return new Date(Math.min(now.getTime() + withinMs, ...ends));
}
