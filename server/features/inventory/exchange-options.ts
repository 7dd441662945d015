import type { ExchangeQuote } from '../../../contract/exchanges.ts';
import type { TicketTypeId } from '../../../contract/ids.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { typeNotOnSale } from './choose-lines.ts';
import { type Credit, mostBackOf } from './credits.ts';
import type { Place } from './places.ts';
import { differenceOf } from './trade-in.ts';
import { type PricedBy, priceMinorOfType } from './type-lines.ts';

interface ExchangeOption {
  ticketTypeId: TicketTypeId;
  priceMinor: number;
  payMinor: number;
  dearerMinor: number;
  backMinor: number;
  /** The old place counts for this ticket type too, so there is a place even if nothing else is free. */
  keepsPlace: boolean;
  refused: ExchangeQuote['options'][number]['refused'];
}

/**
 * Decision: for which ticket types a ticket can be exchanged at `now`, as far as it does not depend on what is free, and what
 * each costs or gives back. `swap` decides by the same rules.
 */
export function exchangeOptions(
  sale: EventSale,
  {
    from,
    place,
    credits,
    by,
    pools,
    now,
  }: {
    /** The event of the ticket: `sale`, or another date of its run. */
    from: EventSale;
    place: Place;
    credits: Credit[];
    by: 'holder' | 'organiser';
    /** The pools of `sale`, by which price steps are counted. */
    pools: NonNullable<PricedBy>['pools'];
    now: Date;
  },
): { paidMinor: number; mostBackMinor: number; options: ExchangeOption[] } {
  const paidMinor = credits.reduce((sum, { leftMinor }) => sum + leftMinor, 0);
  const mostBackMinor = by === 'organiser' ? paidMinor : mostBackOf(credits, from, now);
  const zone = place.seat === null ? null : sale.seats?.zoneOf[place.seat];
  // A holder of a hidden type may take another place of it. An extra is exchanged for nothing, and nothing for it.
  const shown = sale.ticketTypes.filter(
    ({ id, hidden, product }) =>
      place.line.collect === undefined && !product && (!hidden || id === place.line.ticketTypeId),
  );
  const options = shown.map((type): ExchangeOption => {
    const sameType = type.id === place.line.ticketTypeId;
    const priceMinor = priceMinorOfType(sale, type, { pools, now });
    const { dearerMinor, backMinor } = differenceOf({ paidMinor, newMinor: priceMinor, sameType });
    const closed = typeNotOnSale(type, now)?.code as 'sale_not_started' | 'sale_ended' | undefined;
    const isTooCheap = backMinor > mostBackMinor ? 'exchange_refund_not_allowed' : null;
    return {
      ticketTypeId: type.id,
      priceMinor,
      payMinor: by === 'organiser' ? 0 : dearerMinor,
      dearerMinor,
      backMinor,
      keepsPlace:
        from.eventId === sale.eventId &&
        (type.zone === null ? zone === null : type.zone === zone) &&
        type.poolIds.every((id) => place.line.pools.includes(id)),
      refused: sameType && type.zone === null ? 'exchange_same_place' : (closed ?? isTooCheap),
    };
  });
  return { paidMinor, mostBackMinor, options };
}
