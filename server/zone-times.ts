/* Times on the clocks of a zone. A zone that this runtime does not know counts as UTC. */
import { shownZone } from '../contract/zones.ts';
import { memo } from './memo.ts';

/** In no zone does the offset change within a quarter of an hour of UTC. */
const quarterMs = 15 * 60_000;
const dayMs = 86_400_000;

/**
 * Returns a function that says by how many milliseconds the clocks of a zone are ahead of UTC at an instant. It asks Intl
 * once for each quarter of an hour, because a call of Intl takes as long as the rest of the row.
 */
export function offsetsIn(timeZone: string): (at: Date) => number {
  const format = new Intl.DateTimeFormat('en', {
    timeZone: shownZone(timeZone),
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const known = new Map<number, number>();
  return (at) => {
    const quarter = Math.floor(at.getTime() / quarterMs);
    let offset = known.get(quarter);
    if (offset === undefined) {
      const parts = Object.fromEntries(
        format.formatToParts(quarter * quarterMs).map(({ type, value }) => [type, Number(value)]),
      ) as Record<'year' | 'month' | 'day' | 'hour' | 'minute', number>;
      const wall = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute);
      offset = wall - quarter * quarterMs;
      known.set(quarter, offset);
    }
    return offset;
  };
}

/**
 * The instant at which the clocks of a zone show a wall time, given in milliseconds as if it were UTC. Of two such instants
 * it returns the first. A time that the clocks skip counts with the offset before, so it is as much later as they jump.
 */
export function instantOnClocks(wallMs: number, offsetAt: (at: Date) => number): Date {
  const [before, after] = [-dayMs, dayMs].map((ms) => wallMs - offsetAt(new Date(wallMs + ms))) as [
    number,
    number,
  ];
  const shows = (ms: number) => ms + offsetAt(new Date(ms)) === wallMs;
  return new Date([before, after].filter(shows).sort((a, b) => a - b)[0] ?? before);
}

/** One formatter for each zone, because making one takes 30 µs. */
const formatters = memo<Intl.DateTimeFormat>(500);

/** How many minutes of the day have passed on the clocks of a zone. */
export function minuteOfDay(at: Date, timeZone: string): number {
  const zone = shownZone(timeZone);
  const formatter = formatters(
    zone,
    () => new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }),
  );
  const [hours = 0, minutes = 0] = formatter.format(at).split(':').map(Number);
  return (hours % 24) * 60 + minutes;
}
