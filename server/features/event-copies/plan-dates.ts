import type { EventDates, PlannedDate } from '../../../contract/event-dates.ts';
import type { EventId } from '../../../contract/ids.ts';
import { instantOnClocks, offsetsIn } from '../../zone-times.ts';
import type { EventDraft } from '../catalog/draft.ts';
import type { NearEvent } from '../catalog/list-events-near.ts';
import { moveTimes } from './move-times.ts';
import { datesOfRule } from './rule.ts';

interface Plan {
  items: PlannedDate[];
  /** The rule has more dates than these. */
  more: boolean;
}

/** How many overlapping events a date names. */
const mostClashes = 3;

/**
 * Decision: the dates of a request, the earliest first, with their local times and instants. Throws Refused('date_rule_refused').
 * A time that the clocks skip begins as much later as they jump; of a time that they show twice the first one counts.
 */
export function listDates(like: EventDraft, given: EventDates, most: number): Plan {
  const offsetAt = offsetsIn(like.timeZone);
  const from = given.from ?? localTime(new Date(like.startsAt), offsetAt);
  const { dates, more } =
    given.rule === null
      ? { dates: [], more: false }
      : datesOfRule({ rule: given.rule, from, offsetAt, most: most + 1 });
  const except = new Set(given.exceptDates);
  const ofRule = new Set(dates.filter((local) => !except.has(local)));
  const all = [...new Set([...ofRule, ...given.extraDates])].sort();
  // Only times move, so the rest of the event need not be copied a hundred times.
  const times = { ...like, ticketTypes: [], products: [], promoCodes: [], pools: [], seatLayout: null };
  const items = all.map((local): PlannedDate => {
    const { startsAt, clock } = onClocks(local, offsetAt);
    const { endsAt } = moveTimes(times, startsAt.toISOString());
    const fromRule = ofRule.has(local);
    return { local, startsAt: startsAt.toISOString(), endsAt, clock, fromRule, problem: null, clashes: [] };
  });
  return { items, more };
}

interface Around {
  like: EventDraft;
  eventId: EventId;
  /** The series of the dates. */
  run: string;
  near: NearEvent[];
  now: Date;
}

/** Decision: the same dates with what stands in their way. */
export function judgeDates(items: PlannedDate[], around: Around): PlannedDate[] {
  const { like, eventId, run, now } = around;
  const taken = new Set(
    around.near
      .filter((event) => event.id === eventId || event.run === run)
      .map(({ startsAt }) => minute(startsAt)),
  );
  if (!like.undecided.includes('startsAt')) taken.add(minute(new Date(like.startsAt)));
  const sameVenue = around.near.filter(
    ({ venue, city }) => venue !== '' && venue === like.venue.name && city === like.venue.city,
  );
  return items.map((item, i) => {
    const [startsAt, endsAt] = [new Date(item.startsAt), new Date(item.endsAt)];
    const exists = taken.has(minute(startsAt));
    const problem = exists ? 'exists' : startsAt <= now ? 'past' : null;
    // A local time that the clocks skip and the time to which they jump are one instant.
    taken.add(minute(startsAt));
    const others = exists
      ? []
      : sameVenue.filter((event) => startsAt < event.endsAt && event.startsAt < endsAt).map(named);
    const before = items[i - 1];
    // Dates of one length in their order: if one overlaps with an earlier date, it overlaps with the one before it.
    const own =
      before && before.endsAt > item.startsAt
        ? [{ eventId: null, title: like.title, startsAt: before.startsAt }]
        : [];
    return { ...item, problem, clashes: [...others, ...own].slice(0, mostClashes) };
  });
}

/** The dates that are made. */
export const newDates = (items: PlannedDate[]): PlannedDate[] =>
  items.filter(({ problem }) => problem === null);

const minute = (at: Date): string => at.toISOString().slice(0, 16);
const named = ({ id, title, startsAt }: NearEvent) => ({
  eventId: id,
  title,
  startsAt: startsAt.toISOString(),
});
const localTime = (at: Date, offsetAt: (at: Date) => number): string =>
  new Date(at.getTime() + offsetAt(at)).toISOString().slice(0, 16);

function onClocks(
  local: string,
  offsetAt: (at: Date) => number,
): { startsAt: Date; clock: PlannedDate['clock'] } {
  const startsAt = instantOnClocks(new Date(`${local}Z`).getTime(), offsetAt);
  if (localTime(startsAt, offsetAt) !== local) return { startsAt, clock: 'skipped' };
  // Clocks go back by an hour, on Lord Howe Island by half of one, and where a country changed its zone by up to three.
  const isRepeated = [30, 60, 120, 180].some(
    (minutes) => localTime(new Date(startsAt.getTime() + minutes * 60_000), offsetAt) === local,
  );
  return { startsAt, clock: isRepeated ? 'repeated' : 'shown' };
}
