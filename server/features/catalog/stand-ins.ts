import { type Undecided, undecidableFields } from '../../../contract/event-preparation.ts';
import { instantOnClocks, offsetsIn } from '../../zone-times.ts';

/**
 * A draft may say later when it begins and ends. Until then its row has stand-ins: an evening in a month's time, and an end
 * three hours after the start. So the columns stay `not null`, and `undecided` names the stand-ins.
 */
const dayMs = 86_400_000;
const standInDays = 30;
const standInHour = 20;
const standInLengthMs = 3 * 3_600_000;

interface Times {
  startsAt: string;
  endsAt: string;
  undecided: Undecided[];
}

/** The times of a new draft. */
export function timesOfNew(
  given: { startsAt?: string | undefined; endsAt?: string | undefined; timeZone: string },
  now: Date,
): Times {
  const undecided = undecidableFields.filter((field) => given[field] === undefined);
  const evening = eveningOf(new Date(now.getTime() + standInDays * dayMs), given.timeZone);
  return withStandIns({ startsAt: given.startsAt ?? evening, endsAt: given.endsAt ?? evening, undecided });
}

/** The times of a draft after a change that gives these fields. */
export const timesAfter = (after: Times, given: { startsAt?: unknown; endsAt?: unknown }): Times =>
  withStandIns({ ...after, undecided: after.undecided.filter((field) => given[field] === undefined) });

/** Moves a stand-in to where it fits the time that was decided. */
function withStandIns({ startsAt, endsAt, undecided }: Times): Times {
  if (undecided.includes('endsAt')) return { startsAt, endsAt: later(startsAt, standInLengthMs), undecided };
  if (undecided.includes('startsAt')) return { startsAt: later(endsAt, -standInLengthMs), endsAt, undecided };
  return { startsAt, endsAt, undecided };
}

const later = (instant: string, ms: number): string =>
  new Date(new Date(instant).getTime() + ms).toISOString();

function eveningOf(day: Date, timeZone: string): string {
  const offsetAt = offsetsIn(timeZone);
  const wallMs = day.getTime() + offsetAt(day);
  const evening = Math.floor(wallMs / dayMs) * dayMs + standInHour * 3_600_000;
  return instantOnClocks(evening, offsetAt).toISOString();
}
