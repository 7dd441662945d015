import * as z from 'zod/mini';
import { isTimeZone } from './zones.ts';

const [firstInstantMs, lastInstantMs] = [Date.UTC(1970, 0, 1), Date.UTC(9999, 0, 1)];

/**
 * An instant as RFC 3339 text with an offset, `2026-11-21T19:30:00Z`, from 1970 and before 9999. In this range the year
 * has four digits in every zone, so columns and calendar files can always hold it.
 */
export const instantSchema = z.iso.datetime({ offset: true }).check(
  z.maxLength(40),
  z.refine((text) => {
    const ms = new Date(text).getTime();
    return ms >= firstInstantMs && ms < lastInstantMs;
  }, 'expected a time from 1970 and before 9999'),
  z.meta({ examples: ['2026-11-21T19:30:00Z'] }),
);

/** An IANA time zone that this runtime knows, for example `Europe/Berlin`. */
export const timeZoneSchema = z
  .string()
  .check(
    z.maxLength(64),
    z.refine(isTimeZone, 'expected an IANA time zone such as Europe/Berlin'),
    z.meta({ examples: ['Europe/Berlin'] }),
  );
