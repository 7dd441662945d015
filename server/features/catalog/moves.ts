import type { MovedFrom } from '../../../contract/event-cancellations.ts';
import type { EventDraft, Issue } from './draft.ts';

/** When and where an event takes place, as far as its buyers must know. */
export interface TimeAndPlace {
  startsAt: string;
  endsAt: string;
  timeZone: string;
  venueName: string;
  address: string;
  city: string;
}

/** A change of an event's time or place after its publication. */
export interface EventMove {
  /** The version of the event that the move made. Orders that were sold from an earlier one are concerned. */
  version: number;
  /** The time and the place before. */
  was: TimeAndPlace;
  /** Until when the concerned buyers may have everything back; null if the organiser did not offer it. */
  refundUntil: Date | null;
  movedAt: Date;
}

export const timeAndPlaceOf = ({ startsAt, endsAt, timeZone, venue }: EventDraft): TimeAndPlace => ({
  startsAt: new Date(startsAt).toISOString(),
  endsAt: new Date(endsAt).toISOString(),
  timeZone,
  venueName: venue.name,
  address: venue.address,
  city: venue.city,
});

/** True if an event takes place at the same time and place. */
export const isSamePlan = (one: TimeAndPlace, other: TimeAndPlace): boolean =>
  one.startsAt === other.startsAt &&
  one.endsAt === other.endsAt &&
  one.timeZone === other.timeZone &&
  one.venueName === other.venueName &&
  one.address === other.address &&
  one.city === other.city;

/** Decision: what lists show of a move. A new end or a new spelling of the address concerns nobody who only looks. */
export function movedFrom(was: TimeAndPlace, now: TimeAndPlace, before: MovedFrom | null): MovedFrom | null {
  const { startsAt, timeZone, venueName, city } = was;
  const isSame = startsAt === now.startsAt && venueName === now.venueName && city === now.city;
  return isSame ? before : { startsAt, timeZone, venueName, city };
}

/** Decision: what is wrong with an offer of refunds that comes with a change of an event. */
export function offerIssues(
  refundUntil: string | null | undefined,
  { isMove, startsAt }: { isMove: boolean; startsAt: string },
  now: Date,
): Issue[] {
  if (!refundUntil) return [];
  const path = 'refundUntil';
  if (!isMove)
    return [{ path, message: 'needs a new time or place of a published event in the same request' }];
  const until = new Date(refundUntil);
  if (until <= now) return [{ path, message: 'must be in the future' }];
  return until > new Date(startsAt) ? [{ path, message: 'must not be after the start of the event' }] : [];
}
