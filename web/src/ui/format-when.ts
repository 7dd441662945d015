import { shownZone } from '../../../contract/zones.ts';
import { nowMs } from './clock.ts';
import { locale } from './language.ts';
import { ownTimeZone } from './time-zone.ts';

const formats = {
  /** Fri 15 Jan */
  day: { weekday: 'short', day: 'numeric', month: 'short' },
  /** Fri 15 Jan, 23:00 */
  short: { weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' },
  /** Friday 15 January 2027, 23:00 */
  long: {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  },
  /** Friday 15 January 2027 */
  date: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  time: { hour: 'numeric', minute: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

export type WhenFormat = keyof typeof formats;

const made = new Map<string, Intl.DateTimeFormat>();

/** Making a format takes a slow phone half a millisecond, and a list has many instants. A page needs a few of them. */
function dateFormat(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = language + JSON.stringify(options);
  const format = made.get(name) ?? new Intl.DateTimeFormat(language, options);
  made.set(name, format);
  return format;
}

/**
 * Formats an instant in the event's zone. If this browser does not know the zone, it uses UTC and says so. A short date has
 * its year where it would be mistaken without one: if the date is in another year than `beside`, the other end of a range,
 * or in another year than today and not within five months.
 */
export function formatWhen(
  instant: string,
  timeZone: string,
  format: WhenFormat = 'short',
  beside?: string,
): string {
  const zone = shownZone(timeZone);
  const options: Intl.DateTimeFormatOptions = { ...formats[format], timeZone: zone };
  if ((format === 'day' || format === 'short') && needsYear(instant, zone, beside)) options.year = 'numeric';
  const text = dateFormat(locale(), options).format(new Date(instant));
  return zone === timeZone || !('hour' in formats[format]) ? text : `${text} UTC`;
}

const nearMs = 150 * 24 * 3_600_000;

function needsYear(instant: string, timeZone: string, beside: string | undefined): boolean {
  const year = dateFormat('en', { year: 'numeric', timeZone });
  const yearOf = (ms: number) => year.format(ms);
  const atMs = Date.parse(instant);
  if (beside !== undefined && yearOf(atMs) !== yearOf(Date.parse(beside))) return true;
  return Math.abs(atMs - nowMs()) > nearMs && yearOf(atMs) !== yearOf(nowMs());
}

/** How many days of a calendar in the zone lie between two instants: 0 for the same day, 1 for the next. */
export function daysAhead(instant: string, from: string, timeZone: string): number {
  const format = dateFormat('en-CA', {
    timeZone: shownZone(timeZone),
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const dayOf = (at: string) => Date.parse(`${format.format(new Date(at))}T00:00:00Z`) / 86_400_000;
  return dayOf(instant) - dayOf(from);
}

/** An instant by the reader's own clock, 20:15. */
export const clockTime = (ms: number): string => dateFormat(locale(), formats.time).format(new Date(ms));

/** The zone's name if it is not the reader's own: "Central European Time", "heure d’Europe centrale". */
export function foreignZone(instant: string, timeZone: string): string | null {
  if (timeZone === ownTimeZone() || shownZone(timeZone) !== timeZone) return null;
  const named = dateFormat(locale(), { timeZone, timeZoneName: 'longGeneric' });
  return named.formatToParts(new Date(instant)).find(({ type }) => type === 'timeZoneName')?.value ?? null;
}
