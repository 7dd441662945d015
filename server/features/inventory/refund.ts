import type { Parts } from '../../../contract/price.ts';
import { priceOf } from '../../../contract/price.ts';
import { endOfStep, percentBack, stepAt } from '../../../contract/refund-steps.ts';
import type { EventSale, RefundOffer } from '../sale/event-sale.ts';
import { noSplit, plus, type Split, splitOfParts } from '../sale/split.ts';

interface RefundTerms {
  /** The event's start and refund policy at the time of the order. */
  soldAs: Pick<EventSale, 'version' | 'startsAt' | 'refundPolicy'>;
  /** The event's start as it is now. */
  startsAt: Date;
  /** Offers of full refunds that came with moves of the event. */
  offers: RefundOffer[];
}

/** What goes back of each ticket that is cancelled at one instant. */
interface Portion {
  percent: number;
  /** The amount that the organiser keeps of each ticket besides. */
  feePerTicketMinor: number;
  refundsBookingFee: boolean;
  /** The last instant with this portion. */
  until: Date;
}

/** The price of a ticket, or the fee of an order. */
export interface Priced {
  parts: Parts;
  /** What earlier refunds have left of it. */
  leftMinor: number;
}

/** What is being cancelled. */
export interface RefundCase {
  tickets: Priced[];
  /** The fee of the order if these are its last tickets, or else null. */
  orderFee: Priced | null;
  /** The refund of each ticket is a multiple of this (stepMinor of the currency). */
  step: number;
}

export interface Refund {
  refundMinor: number;
  /** The refund of each ticket, in the order of the tickets. */
  ofTickets: number[];
  /** The refund of the order's fee. */
  ofOrderFee: number;
  /** What stays with the organiser and the platform. */
  keptMinor: number;
  until: Date;
  /** To whom the part of the price belongs that the policy lets go back. */
  wanted: Split;
}

/**
 * Decision: the last instant at which an order may be cancelled for all of its money, because the event was moved after it
 * was sold and the organiser offered that; null if there is no such offer at `now`. The offer holds even if the event is
 * moved again, or back.
 */
export function offerFor(
  { version }: Pick<EventSale, 'version'>,
  offers: RefundOffer[],
  now: Date,
): Date | null {
  const open = offers.filter((offer) => offer.version > version && offer.until > now);
  return open.reduce<Date | null>((last, { until }) => (last && last > until ? last : until), null);
}

/**
 * Decision: the portion that goes back at `now`; null if nobody may cancel any more. The policy counts its hours back from
 * the start. If the event was moved, the later of both starts counts, so a move shortens no buyer's deadline. Nobody can
 * cancel after the event has begun. While an offer of a full refund is open, everything goes back.
 */
function portionAt({ soldAs, startsAt, offers }: RefundTerms, now: Date): Portion | null {
  const offeredUntil = offerFor(soldAs, offers, now);
  if (offeredUntil !== null) return whole(offeredUntil);
  if (now > startsAt) return null;
  const { refundPolicy } = soldAs;
  const startMs = Math.max(soldAs.startsAt.getTime(), startsAt.getTime());
  const step = stepAt(refundPolicy, startMs, now.getTime());
  if (!step) return null;
  const { feePerTicketMinor, refundsBookingFee } = refundPolicy;
  const until = new Date(Math.min(endOfStep(step, startMs), startsAt.getTime()));
  return { percent: percentBack(refundPolicy, step), feePerTicketMinor, refundsBookingFee, until };
}

const whole = (until: Date): Portion => ({
  percent: 100,
  feePerTicketMinor: 0,
  refundsBookingFee: true,
  until,
});

/**
 * Decision: the refund for tickets that are cancelled at `now`; null if the refund policy does not allow it. What is kept
 * is rounded down for each ticket, in the buyer's favour, and no ticket gives back more than is left of it. So a ticket
 * gives back the same amount whether it is cancelled alone or with others. Free tickets can be cancelled until the event
 * begins.
 */
export function refundFor(terms: RefundTerms, of: RefundCase, now: Date): Refund | null {
  const { tickets, orderFee, step } = of;
  const isFree = tickets.every(({ parts }) => priceOf(parts) === 0);
  const portion = portionAt(terms, now) ?? (isFree && now <= terms.startsAt ? whole(terms.startsAt) : null);
  if (portion === null) return null;
  const refund: Refund = {
    refundMinor: 0,
    ofTickets: [],
    ofOrderFee: 0,
    keptMinor: 0,
    until: portion.until,
    wanted: noSplit,
  };
  const add = ({ parts, leftMinor }: Priced, feeMinor: number): number => {
    const returned = returnable(parts, portion);
    const minor = backOf(priceOf(returned), portion.percent, feeMinor, step);
    refund.keptMinor += priceOf(parts) - minor;
    refund.refundMinor += Math.min(minor, leftMinor);
    refund.wanted = plus(refund.wanted, splitOfParts(returned));
    return Math.min(minor, leftMinor);
  };
  refund.ofTickets = tickets.map((ticket) => add(ticket, portion.feePerTicketMinor));
  if (orderFee) refund.ofOrderFee = add(orderFee, 0);
  return refund;
}

/**
 * The parts of a price that may go back. A booking fee that the organiser absorbed always may, because the buyer's price
 * does not contain it.
 */
function returnable(parts: Parts, { refundsBookingFee }: Portion): Parts {
  if (refundsBookingFee || parts.feeMinor === 0) return parts;
  const { feeTaxMinor: _, ...rest } = parts;
  return { ...rest, feeMinor: 0 };
}

/** What goes back of one amount. */
function backOf(minor: number, percent: number, feeMinor: number, step: number): number {
  const kept = Math.floor((minor * (100 - percent)) / (100 * step)) * step;
  return Math.max(0, minor - kept - feeMinor);
}
