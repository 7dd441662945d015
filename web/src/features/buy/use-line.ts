import { useQuery } from '@tanstack/react-query';
import type { Event, TicketType } from '../../../../contract/events.ts';
import { maySignedIn } from '../../api/session.ts';
import { useNowMs } from '../../ui/clock.ts';
import { isOpen, mineQuery } from '../waitlist/queries.ts';
import type { Snapshot } from './availability.ts';
import { windowState } from './sale.ts';
import type { OwnHold } from './use-own-hold.ts';

interface LineOfEvent {
  /** The ticket types that are on sale and have no free place. */
  soldOut: TicketType[];
  /** Somebody may wait, or waits, or has an offer. */
  isShown: boolean;
  /** The buyer waits or has an offer, so "sold out" is no news for them. */
  hasEntry: boolean;
  /** The buyer's hold is the offer of their entry, which the waitlist shows. */
  isOffer: boolean;
}

/** What the page of an event must know of its waitlist. Nothing is asked while places of every type are free. */
export function useLine(event: Event, availability: Snapshot | undefined, own: OwnHold): LineOfEvent {
  const nowMs = useNowMs(15_000);
  const isOnSale = event.status === 'published' && windowState(event, nowMs) === 'open';
  const soldOut =
    availability && isOnSale
      ? event.ticketTypes.filter(
          (type) => windowState(type, nowMs) === 'open' && availability.available[type.id] === 0,
        )
      : [];
  const isShown = soldOut.length > 0 || own.hold !== null;
  const { data } = useQuery({ ...mineQuery(event.id), enabled: isShown && maySignedIn() });
  const isOffer = data?.some(({ offer }) => offer !== undefined && offer.holdId === own.hold?.id) ?? false;
  return { soldOut, isShown, isOffer, hasEntry: data?.some(isOpen) ?? false };
}
