import { minorDigits } from '../../../contract/currencies.ts';

/** An amount as decimal text, exactly: `-1234` minor units of EUR are `-12.34`. */
export function decimalOf(amountMinor: number, currency: string): string {
  const digits = minorDigits(currency);
  const sign = amountMinor < 0 ? '-' : '';
  const text = String(Math.abs(amountMinor)).padStart(digits + 1, '0');
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** In no zone does the offset change within a quarter of an hour of UTC. */
const quarterMs = 15 * 60_000;

/**
 * Returns a function that says by how many milliseconds the clocks of a zone are ahead of UTC at an instant. It asks Intl
 * once for each quarter of an hour, because a call of Intl takes as long as the rest of the row.
 */
export function offsetsIn(timeZone: string): (at: Date) => number {
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
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

/** An instant as RFC 3339 text with the zone's offset: `2026-11-21T20:30:00+01:00`. */
export function localInstant(at: Date, offsetMs: number): string {
  const wall = new Date(at.getTime() + offsetMs).toISOString().slice(0, 19);
  const minutes = Math.abs(offsetMs) / 60_000;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${wall}${offsetMs < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
