import * as z from 'zod/mini';

/** An instant as RFC 3339 text with an offset, `2026-11-21T19:30:00Z`. */
export const instantSchema = z.iso
  .datetime({ offset: true })
  .check(z.meta({ examples: ['2026-11-21T19:30:00Z'] }));

/** An IANA time zone that this runtime knows, `Europe/Berlin`. */
export const timeZoneSchema = z
  .string()
  .check(
    z.maxLength(64),
    z.refine(isTimeZone, 'expected an IANA time zone'),
    z.meta({ examples: ['Europe/Berlin'] }),
  );

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
