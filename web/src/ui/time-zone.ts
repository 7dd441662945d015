import { shownZone } from '../../../contract/zones.ts';

/** The device's own IANA zone. */
export const ownTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** How many minutes the zone is ahead of UTC at this instant. */
function offsetMinutes(instantMs: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: shownZone(timeZone),
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(instantMs);
  const at = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'));
  return Math.round((wall - Math.floor(instantMs / 60_000) * 60_000) / 60_000);
}

/**
 * Converts a local time in a zone, `2027-01-15T23:00`, to an instant. An hour that is skipped in spring counts as the
 * hour after it. For an hour that occurs twice in autumn, it takes the first. A zone that this browser does not know
 * counts as UTC, here and in wallTimeOf, so that a form returns the instant that it was given.
 */
export function instantOf(wallTime: string, timeZone: string): string {
  const asUtc = Date.parse(`${wallTime.slice(0, 16)}:00Z`);
  const before = offsetMinutes(asUtc - 86_400_000, timeZone);
  const after = offsetMinutes(asUtc + 86_400_000, timeZone);
  const fits = [before, after].find((offset) => offsetMinutes(asUtc - offset * 60_000, timeZone) === offset);
  return new Date(asUtc - (fits ?? before) * 60_000).toISOString().replace('.000Z', 'Z');
}

/** Converts an instant to the zone's local time, `2027-01-15T23:00`: the value of a datetime-local field. */
export function wallTimeOf(instant: string, timeZone: string): string {
  const ms = Date.parse(instant);
  return new Date(ms + offsetMinutes(ms, timeZone) * 60_000).toISOString().slice(0, 16);
}
