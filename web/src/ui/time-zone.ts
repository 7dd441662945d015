import { shownZone } from '../../../contract/zones.ts';

/** The device's own IANA zone. */
export const ownTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Minutes that the zone is ahead of UTC at this instant. */
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
 * `2027-01-15T23:00`, as clocks in the zone show it, as an instant. An hour that the clocks skip in spring
 * counts as the hour after it; one that they show twice in autumn is the first. A zone that this browser does not know
 * counts as UTC, here and in wallTimeOf, so that a form gives back the instant that it was given.
 */
export function instantOf(wallTime: string, timeZone: string): string {
  const asUtc = Date.parse(`${wallTime.slice(0, 16)}:00Z`);
  const before = offsetMinutes(asUtc - 86_400_000, timeZone);
  const after = offsetMinutes(asUtc + 86_400_000, timeZone);
  const fits = [before, after].find((offset) => offsetMinutes(asUtc - offset * 60_000, timeZone) === offset);
  return new Date(asUtc - (fits ?? before) * 60_000).toISOString().replace('.000Z', 'Z');
}

/** An instant as clocks in the zone show it, `2027-01-15T23:00`: the value of a datetime-local field. */
export function wallTimeOf(instant: string, timeZone: string): string {
  const ms = Date.parse(instant);
  return new Date(ms + offsetMinutes(ms, timeZone) * 60_000).toISOString().slice(0, 16);
}
