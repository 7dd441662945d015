import { Refused } from '../../../contract/errors.ts';
import { type Gap, type GapCode, gapSteps, type Undecided } from '../../../contract/event-preparation.ts';
import type { Attendance } from '../../../contract/online-fields.ts';
import { capacityOf } from '../sale/pools.ts';
import { shownTickets } from '../sale/products.ts';
import type { EventDraft } from './draft.ts';
import type { WholeEvent } from './event.ts';

/** What decides whether an event can be published. */
interface Offer {
  undecided: Undecided[];
  startsAt: Date;
  saleEndsAt: Date | null;
  venue: { name: string; city: string; country: string };
  attendance: Attendance;
  /** How many tickets there can be of each ticket type that is not hidden. An event that the public cannot buy is not published. */
  capacities: number[];
}

/** Decision: what an event lacks before it can be sold; empty if nothing. */
export function lacksForSale({ undecided, venue, attendance, capacities }: Offer): GapCode[] {
  const lacks: GapCode[] = [];
  if (undecided.includes('startsAt')) lacks.push('start');
  if (undecided.includes('endsAt')) lacks.push('end');
  lacks.push(...lacksPlace({ venue, attendance }));
  if (capacities.length === 0) lacks.push('ticket_type');
  else if (capacities.every((capacity) => capacity === 0)) lacks.push('places');
  return lacks;
}

/** Decision: what of its place an event lacks. One that everybody attends online needs none. */
export function lacksPlace({ venue, attendance }: Pick<Offer, 'venue' | 'attendance'>): GapCode[] {
  if (attendance === 'online') return [];
  const lacks: GapCode[] = [];
  if (venue.name === '') lacks.push('venue');
  if (venue.city === '') lacks.push('city');
  if (venue.country === '') lacks.push('country');
  return lacks;
}

/** Decision: what it also needs at the moment in which it is published. */
export function lacksForPublication(offer: Offer, now: Date): GapCode[] {
  const lacks = lacksForSale(offer);
  if (!offer.undecided.includes('startsAt') && offer.startsAt <= now) lacks.push('start_in_future');
  if (offer.saleEndsAt !== null && offer.saleEndsAt <= now) lacks.push('sale_end_in_future');
  return lacks;
}

export const offerOfDraft = (draft: EventDraft, attendance: Attendance): Offer => ({
  attendance,
  undecided: draft.undecided,
  startsAt: new Date(draft.startsAt),
  saleEndsAt: draft.saleEndsAt === null ? null : new Date(draft.saleEndsAt),
  venue: draft.venue,
  capacities: draft.ticketTypes.filter(({ hidden }) => !hidden).map((type) => capacityOf(draft, type)),
});

export function offerOf({ row, types, pools }: WholeEvent): Offer {
  const capacities = new Map(pools.map(({ id, capacity }) => [id, capacity]));
  return {
    attendance: row.attendance,
    undecided: row.undecided,
    startsAt: row.starts_at,
    saleEndsAt: row.sale_ends_at,
    venue: { name: row.venue_name, city: row.city, country: row.country },
    capacities: shownTickets(types).map((type) =>
      Math.min(...type.pool_ids.map((id) => capacities.get(id) ?? 0)),
    ),
  };
}

export const toGaps = (codes: GapCode[]): Gap[] => codes.map((code) => ({ code, step: gapSteps[code] }));

/** In words for the organiser. */
const words: Record<GapCode, string> = {
  start: 'a start',
  end: 'an end',
  venue: 'a venue',
  city: 'a city',
  country: 'a country',
  ticket_type: 'a public ticket type',
  places: 'a ticket type with places to sell',
  start_in_future: 'a start in the future',
  sale_end_in_future: 'an end of sale in the future',
};

export function refuseWhenLacking(codes: GapCode[]): void {
  if (codes.length === 0) return;
  const missing = codes.map((code) => words[code]);
  throw new Refused('event_not_publishable', {
    detail: `The event needs ${missing.join(' and ')}.`,
    missing,
    gaps: toGaps(codes),
  });
}
