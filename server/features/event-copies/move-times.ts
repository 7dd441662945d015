import { instantOnClocks, offsetsIn } from '../../zone-times.ts';
import type { EventDraft } from '../catalog/draft.ts';

/** The names of fields with an instant, at any depth of a draft: `startsAt`, `saleEndsAt`, `until`, `validUntil`. */
const namesInstant = /(At|Until|^until|^from)$/;
const looksLikeInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/**
 * Decision: the draft with all its times moved by as much as its start, on the clocks of its zone. So the doors open at the same hour
 * although the clocks change between the two dates. The start is exactly `startsAt`.
 */
export function moveTimes(draft: EventDraft, startsAt: string): EventDraft {
  const offsetAt = offsetsIn(draft.timeZone);
  const wallMs = (at: Date) => at.getTime() + offsetAt(at);
  const shiftMs = wallMs(new Date(startsAt)) - wallMs(new Date(draft.startsAt));
  const move = (instant: string) =>
    instantOnClocks(wallMs(new Date(instant)) + shiftMs, offsetAt).toISOString();
  // A layout has thousands of parts and no times.
  const { seatLayout, ...rest } = draft;
  const moved = { ...(movedWithin(rest, move) as Omit<EventDraft, 'seatLayout'>), seatLayout };
  const undecided = draft.undecided.filter((field) => field !== 'startsAt');
  const lengthMs = new Date(draft.endsAt).getTime() - new Date(draft.startsAt).getTime();
  const start = new Date(startsAt);
  // In the hour that clocks skip, the start may move behind the end.
  const endsAt =
    new Date(moved.endsAt) > start ? moved.endsAt : new Date(start.getTime() + lengthMs).toISOString();
  // Before such an hour the doors may move behind the start.
  const doorsAt =
    moved.doorsAt !== null && new Date(moved.doorsAt) > start ? start.toISOString() : moved.doorsAt;
  return { ...moved, startsAt: start.toISOString(), endsAt, doorsAt, undecided };
}

function movedWithin(value: unknown, move: (instant: string) => string, name = ''): unknown {
  if (typeof value === 'string')
    return namesInstant.test(name) && looksLikeInstant.test(value) ? move(value) : value;
  if (Array.isArray(value)) return value.map((each) => movedWithin(each, move));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, movedWithin(each, move, key)]));
}
