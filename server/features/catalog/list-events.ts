import type { z } from 'zod';
import { Refused } from '../../../contract/errors.ts';
import type { EventSummary, listEventsQuery } from '../../../contract/events.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { type Cursor, readCursor, writeCursor } from './cursor.ts';
import { toSummary } from './event.ts';
import { asMeant, asTyped, wordsOf } from './find-words.ts';
import { boxAround } from './near.ts';
import { withSale } from './read-events.ts';
import { type Search, selectGuesses, selectPage } from './search-store.ts';
import type { EventRow } from './store.ts';

type Query = z.output<typeof listEventsQuery>;

/** How far `near` reaches where no radiusKm is given. */
const defaultRadiusKm = 50;

/**
 * One page of the published events that are not over. Words are looked for as they are spelt; only where no
 * event has them are they taken as misspelt, and the cursor remembers which it was.
 */
export async function listEvents(
  app: App,
  call: Pick<Call<unknown, Query>, 'query'>,
): Promise<{ items: EventSummary[]; nextCursor: string | null }> {
  const { query } = call;
  const now = app.clock.now();
  const search = toSearch(query, now);
  const words = wordsOf(query.q ?? '');
  if (query.q && words.length === 0) return { items: [], nextCursor: null };
  const { rows, spelling } = await findPage(app, search, words);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const events = await withSale(app.db, page, now);
  return {
    items: events.map((event) => toSummary(event, now)),
    nextCursor: last && rows.length > query.limit ? writeCursor(cursorAt(last, query.sort, spelling)) : null,
  };
}

async function findPage(
  app: App,
  search: Search,
  words: string[],
): Promise<{ rows: EventRow[]; spelling: Cursor[1] }> {
  const { after } = search;
  if (words.length === 0) return { rows: await selectPage(app.db, search, null), spelling: 'exact' };
  if (after?.[1] !== 'forgiving') {
    const rows = await selectPage(app.db, search, asTyped(words));
    if (rows.length > 0 || after) return { rows, spelling: 'exact' };
  }
  const meant = asMeant(await selectGuesses(app.db, words));
  return { rows: meant ? await selectPage(app.db, search, meant) : [], spelling: 'forgiving' };
}

function toSearch(query: Query, now: Date): Search {
  const { fromDay: first = null, toDay: last = null } = query;
  if (first && last && last < first) throw invalid('toDay', 'is before fromDay');
  return {
    now,
    category: query.category ?? null,
    // A NUL can stand in a query string but not in PostgreSQL's text.
    city: query.city?.replaceAll('\0', '') || null,
    from: query.from ? new Date(query.from) : null,
    to: query.to ? new Date(query.to) : null,
    days: { first, last },
    organisationId: query.organisation ?? null,
    currency: query.currency ?? null,
    minPriceMinor: query.minPrice ?? null,
    maxPriceMinor: query.maxPrice ?? null,
    near: readNear(query),
    sort: query.sort,
    after: query.cursor === undefined ? null : readCursor(query.cursor, query.sort),
    // One more than asked for says whether there is a next page.
    limit: query.limit + 1,
  };
}

function readNear({ near, radiusKm, sort }: Query): Search['near'] {
  if (near === undefined) {
    if (radiusKm !== undefined) throw invalid('near', 'is needed with radiusKm');
    if (sort === 'distance') throw invalid('near', 'is needed to sort by distance');
    return null;
  }
  const [latitude = 0, longitude = 0] = near.split(',').map(Number);
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) throw invalid('near', 'is no place on Earth');
  const radius = radiusKm ?? defaultRadiusKm;
  return { latitude, longitude, radiusKm: radius, box: boxAround(latitude, longitude, radius) };
}

const invalid = (member: string, message: string): Refused =>
  new Refused('invalid_request', {
    detail: `query.${member}: ${message}`,
    issues: [{ path: `query.${member}`, message }],
  });

function cursorAt(row: EventRow, sort: Query['sort'], spelling: Cursor[1]): Cursor {
  const startsAt = row.starts_at.toISOString();
  if (sort === 'price') return ['price', spelling, row.price_from_minor ?? 0, startsAt, row.id];
  if (sort === 'distance') return ['distance', spelling, row.distance_km ?? 0, startsAt, row.id];
  if (sort === 'newest')
    return ['newest', spelling, (row.published_at ?? row.starts_at).toISOString(), row.id];
  return ['date', spelling, startsAt, row.id];
}
