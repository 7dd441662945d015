import { shownZone } from '../../../contract/zones.ts';

/** The device's own IANA zone. */
export const ownTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

const dayMs = 86_400_000;

/** One formatter per zone: making one takes 50 times as long as using it. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  clocks.set(zone, clock);
  return clock;
}

/** By how many milliseconds the zone is ahead of UTC at this instant. */
function offsetMs(instantMs: number, timeZone: string): number {
  const parts = clockOf(shownZone(timeZone)).formatToParts(instantMs);
  const at = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'), at('second'));
  return wall - Math.floor(instantMs / 1000) * 1000;
}

/** Which instant a local time means if clocks that go back show it twice. */
export type Occurrence = 'first' | 'second';

/** The offsets that are valid for this local time: two in an hour that occurs twice, none in a skipped one. */
function offsetsAt(wallMs: number, timeZone: string): { fits: number[]; before: number } {
  const before = offsetMs(wallMs - dayMs, timeZone);
  const after = offsetMs(wallMs + dayMs, timeZone);
  const fits = [...new Set([before, after])].filter(
    (offset) => offsetMs(wallMs - offset, timeZone) === offset,
  );
  return { fits: fits.sort((a, b) => b - a), before };
}

/** The local time as if it were UTC; NaN if the text is none. */
const wallMsOf = (wallTime: string): number =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?$/.test(wallTime) ? Date.parse(`${wallTime}Z`) : Number.NaN;

/**
 * Converts a local time in a zone, `2027-01-15T23:00` or with seconds, to an instant; null if the text is no time. An
 * hour that is skipped in spring counts as the hour after it. For an hour that occurs twice in autumn, `occurrence`
 * chooses. A zone that this browser does not know counts as UTC, here and in wallTimeOf, so that a form returns the
 * instant that it was given.
 */
export function instantOf(
  wallTime: string,
  timeZone: string,
  occurrence: Occurrence = 'first',
): string | null {
  const wallMs = wallMsOf(wallTime);
  if (Number.isNaN(wallMs)) return null;
  const { fits, before } = offsetsAt(wallMs, timeZone);
  const offset = (occurrence === 'second' ? fits.at(-1) : fits[0]) ?? before;
  return new Date(wallMs - offset).toISOString().replace('.000Z', 'Z');
}

/** Converts an instant to the zone's local time, `2027-01-15T23:00`: the value of a datetime-local field. */
export function wallTimeOf(instant: string, timeZone: string): string {
  const ms = Date.parse(instant);
  const wall = new Date(ms + offsetMs(ms, timeZone)).toISOString().slice(0, -1);
  return wall.replace(/\.000$/, '').replace(/(T\d\d:\d\d):00$/, '$1');
}

/** Which of the two it is, for an instant in an hour that occurs twice; `first` for any other. */
export function occurrenceOf(instant: string, timeZone: string): Occurrence {
  const ms = Date.parse(instant);
  const offset = offsetMs(ms, timeZone);
  const { fits } = offsetsAt(ms + offset, timeZone);
  return fits.length === 2 && fits[1] === offset ? 'second' : 'first';
}

/** What is special about a local time: clocks that go back show it twice, or clocks that go forward skip it. */
export function oddityOf(wallTime: string, timeZone: string): 'twice' | 'skipped' | null {
  const wallMs = wallMsOf(wallTime);
  if (Number.isNaN(wallMs)) return null;
  const { length } = offsetsAt(wallMs, timeZone).fits;
  return length === 2 ? 'twice' : length === 0 ? 'skipped' : null;
}

/**
 * Whether two zones show the same local times around a day, so that it does not matter which one an event has. Two
 * names of one zone do, such as Europe/Kiev and Europe/Kyiv.
 */
export function sameClock(a: string, b: string, wallTime: string): boolean {
  const wallMs = wallMsOf(wallTime);
  const from = Number.isNaN(wallMs) ? Date.UTC(2027, 0, 1) : wallMs;
  // Every two weeks of a year, so that different summer times show.
  return (
    a === b ||
    Array.from({ length: 27 }, (_, i) => from + (i - 13) * 14 * dayMs).every(
      (ms) => offsetMs(ms, a) === offsetMs(ms, b),
    )
  );
}
