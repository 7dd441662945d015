import type { Category } from '../../../contract/events.ts';
import type { Db, Queryable } from '../../db.ts';
import type { Cursor } from './cursor.ts';
import type { Spellings } from './find-words.ts';
import { type Box, earthRadiusKm } from './near.ts';
import type { EventRow } from './store.ts';

export interface Search {
  now: Date;
  category: Category | null;
  city: string | null;
  from: Date | null;
  to: Date | null;
  minPriceMinor: number | null;
  maxPriceMinor: number | null;
  near: { latitude: number; longitude: number; radiusKm: number; box: Box } | null;
  sort: Cursor[0];
  after: Cursor | null;
  limit: number;
  words: string[];
}

// Events that are over stay published. So that they are not read first, more of them every year, the list
// starts at the earliest event that is still running: a look into events_running, then events_upcoming.
const head = `
  select events.id, slug, status, version, title, summary, category, cover_url, starts_at, ends_at, time_zone,
    venue_name, city, country, currency, price_from_minor, price_to_minor, published_at
  from events
  where status = 'published' and ends_at > $1
    and starts_at >= coalesce((
      select min(starts_at) from events
      where status = 'published' and tstzrange(starts_at, ends_at) @> $1::timestamptz), $1::timestamptz)
    and ($2::text is null or category = $2)
    and ($3::text is null or search_text(city) = search_text($3))
    and ($4::timestamptz is null or starts_at >= $4)
    and ($5::timestamptz is null or starts_at <= $5)
    and (($6::int is null and $7::int is null) or exists (
      select from ticket_types
      where event_id = events.id and price_minor between coalesce($6, 0) and coalesce($7, 2147483647)))`;

/** The order of each sort, and what comes after a cursor in it. */
const sorts = {
  date: { order: 'starts_at, events.id', past: '(starts_at, events.id) >' },
  price: {
    order: 'price_from_minor, starts_at, events.id',
    past: '(price_from_minor, starts_at, events.id) >',
  },
  newest: { order: 'published_at desc, events.id desc', past: '(published_at, events.id) <' },
};

/**
 * One page, all conditions in one statement. Its text depends only on which of near, words and cursor are
 * given and on the sort, so there are few texts to prepare; the rest is parameters that may be null.
 */
function pageStatement(
  search: Search,
  spellings: Spellings | null,
  forgiving: boolean,
): { text: string; values: unknown[] } {
  const { now, category, city, from, to, minPriceMinor, maxPriceMinor, near, after, words } = search;
  const values: unknown[] = [now, category, city, from, to, minPriceMinor, maxPriceMinor];
  const take = (value: unknown): string => `$${values.push(value)}`;
  const conditions: string[] = [];

  if (spellings) {
    const exact = `search_words @@ search_query(${take(spellings.numbers)}::int[], ${take(spellings.spellings)}::text[])`;
    conditions.push(forgiving ? `(${exact} or ${looksAlike(words, take)})` : exact);
  }
  if (near) conditions.push(isNear(near, take));
  const { order, past } = sorts[search.sort];
  if (after) {
    const [, , ...key] = after;
    conditions.push(`${past} (${key.map(take).join(', ')})`);
  }
  const where = conditions.map((condition) => `\n    and ${condition}`).join('');
  return { text: `${head}${where}\n  order by ${order} limit ${take(search.limit)}`, values };
}

/**
 * Every word looks like a part of the text, or all of them stand in it letter by letter: that finds a part of
 * a word in scripts that don't put spaces between words. The longest word, which says most, asks the index.
 */
function looksAlike(words: string[], take: (value: unknown) => string): string {
  const longest = words.toSorted((a, b) => b.length - a.length)[0];
  return `(search_text(${take(longest)}) <% search_letters and (
      select bool_and(search_text(word) <% search_letters) from unnest(${take(words)}::text[]) as word))
    or search_letters like '%' || search_text(${take(words.join(' '))}) || '%'`;
}

/** The box lets the index choose, the great circle decides (haversine: exact enough also for metres). */
function isNear(
  { latitude, longitude, radiusKm, box }: NonNullable<Search['near']>,
  take: (value: unknown) => string,
): string {
  const lat = `${take(latitude)}::float8`;
  const [west, east] = [`${take(box.west)}::float8`, `${take(box.east)}::float8`];
  return `latitude between ${take(box.south)} and ${take(box.north)}
    and case when ${west} <= ${east} then longitude between ${west} and ${east}
      else longitude >= ${west} or longitude <= ${east} end
    and 2 * ${earthRadiusKm} * asin(least(1, sqrt(
      power(sin(radians(latitude - ${lat}) / 2), 2)
      + cos(radians(latitude)) * cos(radians(${lat})) * power(sin(radians(longitude - ${take(longitude)}::float8) / 2), 2)
    ))) <= ${take(radiusKm)}::float8`;
}

export function selectPage(db: Queryable, search: Search, spellings: Spellings | null): Promise<EventRow[]> {
  const { text, values } = pageStatement(search, spellings, false);
  return db.query(text, values);
}

/**
 * How alike a word and a part of the text must be: the share of the word's trigrams found there. One wrong
 * letter in five leaves half of them; less would find "house" for "mouse trap".
 */
const alike = '0.5';
const setAlikeSql = `select set_config('pg_trgm.word_similarity_threshold', '${alike}', true)`;

/** The same for words that may be misspelt. In a transaction, because the threshold holds for its end only. */
export function selectForgivingPage(db: Db, search: Search, spellings: Spellings): Promise<EventRow[]> {
  const { text, values } = pageStatement(search, spellings, true);
  return db.transaction(async (trx) => {
    await trx.query(setAlikeSql);
    return trx.query<EventRow>(text, values);
  });
}
