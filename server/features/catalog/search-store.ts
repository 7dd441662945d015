import type { Category } from '../../../contract/events.ts';
import type { EventId, OrganisationId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { App } from '../../app.ts';
import type { Reads, Transaction } from '../../data/db.ts';
import type { Cursor } from './cursor.ts';
import { type Guess, nearPatterns, nearSpellings, spellingsOf, type Wanted } from './find-words.ts';
import { type Box, earthRadiusKm } from './near.ts';
import { type EventRow, summaryColumns } from './store.ts';
import type { Group } from './understand.ts';

/** What was typed, and in which way an event must match it. */
interface Words {
  exact: Group[];
  /** Set for the events that match this and do not match `exact`. */
  similar: Group[] | null;
}

export interface Search {
  now: Date;
  category: Category | null;
  tag: string | null;
  /** The spellings of a place's names; null for events anywhere. */
  city: Wanted | null;
  from: Date | null;
  to: Date | null;
  /** Days by the calendar where an event takes place, `2027-01-15`; both ends belong to them. */
  days: { first: string | null; last: string | null };
  organisationId: OrganisationId | null;
  currency: Currency | null;
  minPriceMinor: number | null;
  maxPriceMinor: number | null;
  near: { latitude: number; longitude: number; radiusKm: number; box: Box } | null;
  sort: Cursor[0];
  after: Cursor | null;
  limit: number;
}

/** What the cheapest ticket costs at $1. Only events with price steps are looked at more closely. */
const priceNow = `(case when has_price_steps then present_price_from(events.id, $1) else price_from_minor end)`;

// The prices that a search goes by are in a table of sale. They are conditions of the same statement, because a page of
// results must be full.
// A cancelled event is found until its end, and says that it is cancelled. Events that are over stay published. So that they are not read first, more of them every year, the list
// starts at the earliest event that is still running ($7: now, or when the first day asked for begins): a look
// into events_running, then events_upcoming. (Without `offset 0` the planner would look for the minimum by
// reading events_upcoming from its beginning.)
const conditionsOfAll = `
  where status in ('published', 'cancelled') and removed_at is null and ends_at > $1
    and starts_at >= coalesce((
      select min(running.starts_at) from (
        select starts_at from events
        where status in ('published', 'cancelled') and tstzrange(starts_at, ends_at) @> $7::timestamptz offset 0) as running), $7::timestamptz)
    and ($2::text is null or category = $2)
    and ($3::timestamptz is null or starts_at >= $3)
    and ($4::timestamptz is null or starts_at <= $4)
    and (($5::int is null and $6::int is null) or exists (
      select from ticket_types
      where event_id = events.id and not hidden and product_id is null
        and case when price_steps is null and pay_what_you_want is null then price_minor
          else present_price(event_id, price_minor, price_steps, pay_what_you_want, $1) end
        between coalesce($5, 0) and coalesce($6, 2147483647)))
    and ($8::text is null or currency = $8 or ${priceNow} = 0)`;

/** The columns of each sort order, and the condition for the rows after a cursor. */
const sorts = {
  date: { order: 'starts_at, events.id', past: '(starts_at, events.id) >' },
  price: {
    order: `${priceNow}, starts_at, events.id`,
    past: `(${priceNow}, starts_at, events.id) >`,
  },
  newest: { order: 'published_at desc, events.id desc', past: '(published_at, events.id) <' },
  distance: { order: 'distance_km, starts_at, events.id', past: '(distance_km, starts_at, events.id) >' },
};

interface Conditions {
  /** From `from` to the last condition. */
  text: string;
  /** Some are promises. */
  values: unknown[];
  take: Take;
}

/**
 * Builds all conditions but the cursor's. Their text depends only on which of near, words, city, tag, days and organisation are given,
 * so there are few texts to prepare. Everything else is a parameter that may be null.
 */
function conditionsOf(app: Asks, search: Search, words: Words | null): Conditions {
  const { now, category, city, from, minPriceMinor, maxPriceMinor, currency, near, days } = search;
  const { runningAt, to } = boundsOf(search);
  const prices = [minPriceMinor, maxPriceMinor];
  const values: unknown[] = [now, category, from, to, ...prices, runningAt, currency];
  const take: Take = (value) => `$${values.push(value)}`;
  const conditions: string[] = [];

  const has = (groups: Group[]) => hasWords(app, groups, take);
  if (words?.similar) conditions.push(has(words.similar), `not (${has(words.exact)})`);
  else if (words) conditions.push(has(words.exact));
  if (city) conditions.push(hasSpellings(app, [city], take));
  if (search.tag !== null) conditions.push(`tags @> array[${take(search.tag)}]::text[]`);
  if (search.organisationId) conditions.push(`organisation_id = ${take(search.organisationId)}`);
  if (days.last) conditions.push(`starts_on <= ${take(days.last)}::date`);
  if (days.first) conditions.push(isOnFrom(`${take(days.first)}::date`));
  const distance = near ? distanceTo(near, take) : 'null';
  if (near) conditions.push(isInBox(near.box, take), `distance_km <= ${take(near.radiusKm)}::float8`);
  const where = conditions.map((condition) => `\n    and ${condition}`).join('');
  const text = `
  from events, lateral (select ${distance}::float8 as distance_km) as place ${conditionsOfAll}${where}`;
  return { text, values, take };
}

/** Builds one page's statement. Its text depends on the conditions, on the sort, and on whether there is a cursor. */
function pageStatement(app: Asks, search: Search, words: Words | null): { text: string; values: unknown[] } {
  const { text: matching, values, take } = conditionsOf(app, search, words);
  const { order, past } = sorts[search.sort];
  const [, , ...key] = search.after ?? [];
  const after = search.after ? `\n    and ${past} (${key.map(take).join(', ')})` : '';
  const text = `
  select ${summaryColumns}, ${priceNow} as price_now_minor, distance_km ${matching}${after}
  order by ${order} limit ${take(search.limit)}`;
  return { text, values };
}

/** Groups with days are conditions of their own; one look into the index answers all others. */
function hasWords(app: Asks, groups: Group[], take: Take): string {
  const inIndex = groups.filter(({ days }) => days === null).map(({ spellings }) => spellings);
  const byDay = groups.flatMap(({ spellings, days }) => {
    if (!days) return [];
    const isOn = `starts_on <= ${take(days.last)}::date and ${isOnFrom(`${take(days.first)}::date`)}`;
    return `(${hasSpellings(app, [spellings], take)} or (${isOn}))`;
  });
  const conditions = inIndex.length > 0 ? [hasSpellings(app, inIndex, take), ...byDay] : byDay;
  // Somebody who typed only what no text can hold finds nothing.
  return conditions.length > 0 ? conditions.join(' and ') : 'false';
}

const hasSpellings = (app: Asks, wanted: Wanted[], take: Take): string =>
  `search_words @@ ${take(queryOf(app, wanted))}::tsquery`;

type Asks = Pick<App, 'reads' | 'caches'>;

const querySql = `select search_query($1::int[], $2::text[], $3::text[])::text as query`;

/**
 * What the index is asked for these spellings. It is remembered, because search_query() folds every spelling, and a city
 * has up to forty: that took 1 ms of each search.
 */
function queryOf({ reads, caches }: Asks, wanted: Wanted[]): Promise<string | null> {
  const { numbers, texts, kinds } = spellingsOf(wanted);
  const key = JSON.stringify([numbers, texts, kinds]);
  const known = caches.searchQueries.get(key);
  if (known) return known;
  const query = reads
    .query<{ query: string | null }>(querySql, [numbers, texts, kinds])
    .then(([row]) => row?.query ?? null);
  caches.searchQueries.put(key, query);
  query.catch(() => caches.searchQueries.forget(key));
  return query;
}

/**
 * True for an event on its first day. An event that lasts longer than a day, like an exhibition, is on every day
 * until its last. An event that only ends after midnight is not on the next day.
 */
const isOnFrom = (first: string): string =>
  `(starts_on >= ${first} or (ends_at - starts_at > interval '1 day' and ends_on >= ${first}))`;

const hourMs = 3_600_000;

/**
 * The instants that bound these days anywhere on Earth: a day begins at most 14 hours before it does in UTC, and ends
 * at most 12 hours after. The index uses the instants, and the days themselves decide.
 */
function boundsOf({ now, to, days }: Search): { runningAt: Date; to: Date | null } {
  const first = days.first === null ? now.getTime() : Date.parse(days.first) - 14 * hourMs;
  const last = days.last === null ? null : new Date(Date.parse(days.last) + (24 + 12) * hourMs);
  return {
    runningAt: new Date(Math.max(now.getTime(), first)),
    to: to && last ? new Date(Math.min(to.getTime(), last.getTime())) : (to ?? last),
  };
}

type Take = (value: unknown) => string;

/** The box for the index. The circle inside it decides. */
const isInBox = ({ south, north, west, east }: Box, take: Take): string => {
  const [from, until] = [`${take(west)}::float8`, `${take(east)}::float8`];
  return `latitude between ${take(south)} and ${take(north)}
    and case when ${from} <= ${until} then longitude between ${from} and ${until}
      else longitude >= ${from} or longitude <= ${until} end`;
};

/** Kilometres along the great circle (haversine: exact enough also for metres). */
function distanceTo({ latitude, longitude }: NonNullable<Search['near']>, take: Take): string {
  const lat = `${take(latitude)}::float8`;
  return `2 * ${earthRadiusKm} * asin(least(1, sqrt(
      power(sin(radians(latitude - ${lat}) / 2), 2)
      + cos(radians(latitude)) * cos(radians(${lat})) * power(sin(radians(longitude - ${take(longitude)}::float8) / 2), 2)
    )))`;
}

export async function selectPage(app: Asks, search: Search, words: Words | null): Promise<EventRow[]> {
  const { text, values } = pageStatement(app, search, words);
  return app.reads.query(text, await Promise.all(values));
}

/**
 * How many events match everything but the price and are sold in another currency. Free ones are not among them: they
 * cost the same in every currency.
 */
export async function countInOtherCurrencies(
  app: Asks,
  search: Search,
  words: Words | null,
): Promise<number> {
  const anyPrice = { ...search, minPriceMinor: null, maxPriceMinor: null, currency: null };
  const { text, values, take } = conditionsOf(app, anyPrice, words);
  const statement = `select count(*)::int as count ${text}\n    and currency <> ${take(search.currency)} and ${priceNow} > 0`;
  const [row] = await app.reads.query<{ count: number }>(statement, await Promise.all(values));
  return row?.count ?? 0;
}

// Both % and LIKE are looked up in search_vocabulary_look_alikes. There is no limit: each of an event's own words that is
// like a typed one must be found, however many other words are.
const guessSql = `
  select asked.typed, coalesce(array_agg(found.word) filter (where found.word is not null), '{}') as words
  from (
    select given.n, left(cut.token, 24) as typed
    from unnest($1::text[]) with ordinality as given (raw, n), search_tokens(given.raw) as cut
    where cut.kind = 'word'
  ) as asked
  left join lateral (
    select word from search_vocabulary
    where word % asked.typed and length(asked.typed) > 3
      and length(word) between length(asked.typed) - 2 and length(asked.typed) + 2
  ) as found on true
  group by asked.n, asked.typed
  order by asked.n`;
const spelledSql = `select word from search_vocabulary where word = any($1::text[]) or word like any($2::text[])`;

/** For each typed word the known words that look like it. */
export async function selectGuesses(db: Reads, parts: string[]): Promise<Guess[]> {
  const guesses = await db.query<Guess>(guessSql, [parts]);
  const typed = guesses.map((guess) => guess.typed);
  const spelled = await db.query<{ word: string }>(spelledSql, [
    typed.flatMap(nearSpellings),
    typed.flatMap(nearPatterns),
  ]);
  const known = spelled.map((row) => row.word);
  return guesses.map((guess) => ({ ...guess, words: [...new Set([...guess.words, ...known])] }));
}

// In the order of the words: two events that are published at once must not wait for each other. What begins with '…' is
// no word of the event (search_lexemes).
const learnWordsSql = `
  insert into search_vocabulary (word)
  select word from events, unnest(tsvector_to_array(search_words)) as word
  where events.id = $1 and word not like '…%' and length(word) >= 3 order by word
  on conflict do nothing`;

/** Adds the words of an event to the vocabulary for misspelt words. */
export const learnWords = (trx: Transaction, eventId: EventId): Promise<number> =>
  trx.run(learnWordsSql, [eventId]);
