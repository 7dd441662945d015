import { stepMinor } from '../../../contract/currencies.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { noSplit } from '../sale/split.ts';
import type { BoughtOrder } from './cancellation.ts';
import type { HoldRecord, SoldTicket } from './inventory.ts';
import { placesOf } from './places.ts';
import { type Refund, refundFor } from './refund.ts';
import { soldOrder } from './sold-order.ts';
import type { Batch } from './state.ts';
import { leftOfTicket, partsOfAmount, tradeInOf } from './trade-in.ts';

/** A ticket of an earlier order whose price counts for the ticket of an exchange. */
export interface Credit {
  hold: Pick<HoldRecord, 'id' | 'eventId' | 'lines'>;
  order: BoughtOrder;
  ticket: SoldTicket;
  /** What is left of what was paid for it. */
  leftMinor: number;
}

/** A credit of an order that the ledger may change. */
export interface LedgerCredit extends Credit {
  hold: HoldRecord;
}

/** The earlier tickets whose prices count for the ticket of this hold, the latest first. None if it is no exchange. */
export function creditsOf(batch: Batch, hold: HoldRecord): LedgerCredit[] {
  return (tradeInOf(hold)?.credits ?? []).flatMap(({ holdId, position }) => {
    const of = batch.state.holds.get(holdId);
    // The order of an earlier date may have been deleted, long after its event.
    if (!of && tradeInOf(hold)?.eventId) return [];
    if (!of) throw new Error(`the order ${holdId}, which counts for ${hold.id}, was not read`);
    const order = { ...soldOrder(batch, of), lines: of.lines, currency: of.currency };
    const ticket = order.tickets[position];
    return ticket ? [{ hold: of, order, ticket, leftMinor: leftOfTicket(of.lines, ticket) }] : [];
  });
}

/** Decision: the most that the refund policies of these orders give back at `now`. */
export const mostBackOf = (
  credits: Credit[],
  sale: Pick<EventSale, 'eventId' | 'startsAt' | 'refundOffers'>,
  now: Date,
): number =>
  (refundOfCredits(credits, sale, now) ?? []).reduce((sum, { refundMinor }) => sum + refundMinor, 0);

/**
 * Decision: what goes back of each credit if the ticket of the exchange is returned at `now`, each by the terms of its own
 * order; null if the policy of one allows no refund. The organiser keeps the fee per ticket once. What was paid for another date
 * goes back as if the ticket were still for that date: nothing of it any more after that date has begun.
 */
export function refundOfCredits(
  credits: Credit[],
  sale: Pick<EventSale, 'eventId' | 'startsAt' | 'refundOffers'>,
  now: Date,
): Refund[] | null {
  const refunds: Refund[] = [];
  for (const [i, { order, hold, ticket, leftMinor }] of credits.entries()) {
    const whole = placesOf(hold.lines)[ticket.position]?.line.parts;
    if (!whole) continue;
    const { soldAs } = order;
    const isFirst = i === credits.length - 1;
    const refundPolicy = isFirst ? soldAs.refundPolicy : { ...soldAs.refundPolicy, feePerTicketMinor: 0 };
    const isOtherDate = hold.eventId !== sale.eventId;
    const [startsAt, offers] = isOtherDate ? [soldAs.startsAt, []] : [sale.startsAt, sale.refundOffers];
    const refund = refundFor(
      { soldAs: { ...soldAs, refundPolicy }, startsAt, offers },
      {
        tickets: [{ parts: partsOfAmount(leftMinor, whole), leftMinor }],
        orderFee: null,
        step: stepMinor(order.currency),
      },
      now,
    );
    if (refund === null && !isOtherDate) return null;
    refunds.push(refund ?? nothingBack(leftMinor));
  }
  return refunds;
}

const nothingBack = (leftMinor: number): Refund => ({
  refundMinor: 0,
  ofTickets: [0],
  ofOrderFee: 0,
  keptMinor: leftMinor,
  until: new Date(8.64e15),
  wanted: noSplit,
});
