import { isTimeZone } from '../../../contract/zones.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { timeZoneOfPlace } from './find-places.ts';

/** Returns the time zone of a city; null if the gazetteer or this runtime does not know it. */
export async function findTimeZone(
  _app: App,
  { query }: Pick<Call<unknown, { city: string; country?: string | undefined }, unknown, 'public'>, 'query'>,
): Promise<{ timeZone: string | null }> {
  const timeZone = timeZoneOfPlace(query.city, query.country);
  return { timeZone: timeZone !== null && isTimeZone(timeZone) ? timeZone : null };
}
