import { z } from 'zod';

/** An instant as RFC 3339 text with an offset, `2026-11-21T19:30:00Z`. */
export const instantSchema = z.iso.datetime({ offset: true }).meta({ examples: ['2026-11-21T19:30:00Z'] });

/** An IANA time zone that this runtime knows, `Europe/Berlin`. */
export const timeZoneSchema = z
  .string()
  .max(64)
  .refine(isTimeZone, 'expected an IANA time zone')
  .meta({ examples: ['Europe/Berlin'] });

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
