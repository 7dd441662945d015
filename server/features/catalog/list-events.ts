import type { z } from 'zod';
import { Refused } from '../../../contract/errors.ts';
import type { listEventsQuery } from '../../../contract/event-search.ts';
import type { EventList } from '../../../contract/events.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { type Cursor, readCursor, writeCursor } from './cursor.ts';
import { toSummary } from './event.ts';
import { namesOfPlace } from './find-places.ts';
import { asMeant, partsOf, type Wanted } from './find-words.ts';
import { boxAround } from './near.ts';
import { withSale } from './read-events.ts';
import { countInOtherCurrencies, type Search, selectGuesses, selectPage } from './search-store.ts';
import type { EventRow } from './store.ts';
import { type Group, understand } from './understand.ts';

type Query = z.output<typeof listEventsQuery>;

/** The radius of `near` without radiusKm. */
const defaultRadiusKm = 50;

/**
 * One page of the published events that are not over. Those that have the words as they were typed come first; those that
 * have them but for a slip or two follow in the same paging, marked `similar`. The cursor says which of the two it stands in.
 */
export async function listEvents(app: App, call: Pick<Call<unknown, Query>, 'query'>): Promise<EventList> {
  const { query } = call;
  const now = app.clock.now();
  const search = toSearch(query, now);
  const groups = query.q ? understand(partsOf(query.q), query.today ?? now.toISOString().slice(0, 10)) : null;
  const found = await findPage(app, search, groups);
  const page = found.slice(0, query.limit);
  const last = page.at(-1);
  const rows = page.map(({ row }) => row);
  const events = await withSale(app.reads, rows, now);
  const readAs = groups?.flatMap(({ typed, readAs: as }) => (as ? { words: typed, as } : [])) ?? [];
  return {
    items: events.map((event, i) => ({
      ...toSummary(event, now),
      ...(groups && { match: page[i]?.match }),
    })),
    nextCursor:
      last && found.length > query.limit ? writeCursor(cursorAt(last.row, query.sort, last.match)) : null,
    ...(readAs.length > 0 && { readAs }),
    ...(search.currency &&
      !search.after && {
        inOtherCurrencies: await countInOtherCurrencies(
          app,
          search,
          groups && { exact: groups, similar: null },
        ),
      }),
  };
}

interface Found {
  row: EventRow;
  match: Cursor[1];
}

/** Up to `search.limit` events. Similar ones are looked for only where those that match exactly do not fill it. */
async function findPage(app: App, search: Search, exact: Group[] | null): Promise<Found[]> {
  const found = (rows: EventRow[], match: Cursor[1]) => rows.map((row) => ({ row, match }));
  if (exact === null) return found(await selectPage(app, search, null), 'exact');
  const inExact = search.after?.[1] !== 'similar';
  const first = inExact ? found(await selectPage(app, search, { exact, similar: null }), 'exact') : [];
  if (first.length === search.limit) return first;
  const similar = await findSimilar(app, exact);
  if (!similar) return first;
  const rest = { ...search, after: inExact ? null : search.after, limit: search.limit - first.length };
  return [...first, ...found(await selectPage(app, rest, { exact, similar }), 'similar')];
}

/** The same search with its words as they may have been meant; null where they can only be meant as typed. */
async function findSimilar(app: App, exact: Group[]): Promise<Group[] | null> {
  const plain = exact.filter((group) => group.plain).map(({ typed }) => typed);
  const meant = plain.length > 0 ? asMeant(await selectGuesses(app.reads, plain)) : null;
  if (!meant) return null;
  const groups = meant.map(
    (spellings): Group => ({ typed: '', spellings, days: null, readAs: null, plain: false }),
  );
  return [...exact.filter((group) => !group.plain), ...groups];
}

function toSearch(query: Query, now: Date): Search {
  const { fromDay: first = null, toDay: last = null } = query;
  if (first && last && last < first) throw invalid('toDay', 'is before fromDay');
  return {
    now,
    category: query.category ?? null,
    tag: query.tag ?? null,
    // A query string can contain NUL, but PostgreSQL's text can't.
    city: spellingsOfCity(query.city?.replaceAll('\0', '').trim() ?? ''),
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
    // One more than requested, to know whether there is a next page.
    limit: query.limit + 1,
  };
}

/** All names of a city filter alike: events in "München" and in "Munich" are in one city. */
const spellingsOfCity = (city: string): Wanted | null =>
  city === ''
    ? null
    : [...new Set([city, ...namesOfPlace(city)])].map((text): Wanted[number] => ({ kind: 'place', text }));

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

function cursorAt(row: EventRow, sort: Query['sort'], match: Cursor[1]): Cursor {
  const startsAt = row.starts_at.toISOString();
  if (sort === 'price') return ['price', match, row.price_now_minor ?? 0, startsAt, row.id];
  if (sort === 'distance') return ['distance', match, row.distance_km ?? 0, startsAt, row.id];
  if (sort === 'newest') return ['newest', match, (row.published_at ?? row.starts_at).toISOString(), row.id];
  return ['date', match, startsAt, row.id];
}
