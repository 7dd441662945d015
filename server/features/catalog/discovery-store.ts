import type { Category } from '../../../contract/events.ts';
import type { EventId, OrganisationId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { Queryable, Reads } from '../../data/db.ts';
import { type EventRow, summaryColumns } from './store.ts';
import type { Candidate } from './taste.ts';

// Candidates for recommendations: the next events of each category, city and organisation. Each is found through an
// index, so the cost does not grow with the number of events.
const candidatesSql = `
  with chosen as (
    select found.id from unnest($2::text[]) as wanted (category), lateral (
      select id from events where status = 'published' and category = wanted.category and starts_at > $1
      order by starts_at, id limit $6) as found
    union
    select found.id from unnest($3::text[]) as wanted (city), lateral (
      select id from events
      where status = 'published' and search_text(city) = search_text(wanted.city) and starts_at > $1
      order by starts_at limit $6) as found
    union
    select found.id from unnest($4::text[]) as wanted (organisation_id), lateral (
      select id from events
      where status = 'published' and organisation_id = wanted.organisation_id and starts_at > $1
      order by starts_at, id limit $6) as found
  )
  select ${summaryColumns}, heat
  from chosen join events on events.id = chosen.id left join event_heat on event_heat.event_id = events.id
  where events.id <> all($5::text[])`;

interface Wanted {
  /** Only events that start after this. */
  after: Date;
  categories: Category[];
  cities: string[];
  organisationIds: OrganisationId[];
  except: EventId[];
}

/** Maximum number per category, city and organisation. */
const perWish = 40;

export async function selectCandidates(db: Reads, wanted: Wanted): Promise<Candidate[]> {
  const rows = await db.query<EventRow & { heat: number | null }>(candidatesSql, [
    wanted.after,
    wanted.categories,
    wanted.cities,
    wanted.organisationIds,
    wanted.except,
    perWish,
  ]);
  return rows.map((row) => ({ row, heat: row.heat }));
}

const publishedSql = `select ${summaryColumns} from events where id = any($1::text[]) and status = 'published'`;

/** The published events among these, in the order of the ids. */
export async function selectPublished(db: Reads, ids: EventId[]): Promise<EventRow[]> {
  if (ids.length === 0) return [];
  const rows = await db.query<EventRow>(publishedSql, [ids]);
  return rows.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

const filtersSql = `
  select city, category, currency, count(*)::int as events
  from events where status = 'published' and ends_at > $1
  group by grouping sets ((city), (category), (currency))
  -- An event that is only online may have no city.
  having city is distinct from ''
  order by count(*) desc, city, category, currency`;

const tagsSql = `
  select tag, count(*)::int as events from events, unnest(tags) as tag
  where status = 'published' and ends_at > $1
  group by tag order by count(*) desc, tag limit 30`;

/** The tags that most upcoming events have. */
export const selectTags = (db: Queryable, now: Date): Promise<{ tag: string; events: number }[]> =>
  db.query(tagsSql, [now]);

interface FilterRow {
  city: string | null;
  category: Category | null;
  currency: Currency | null;
  events: number;
}

export const selectFilters = (db: Queryable, now: Date): Promise<FilterRow[]> =>
  db.query<FilterRow>(filtersSql, [now]);

// Reads the table of organisations together with the events, because whether an organiser has a public page depends
// on both.
const organiserSql = `
  select id, name, slug from organisations
  where (id = $1 or slug = $1)
    and exists (select from events where organisation_id = organisations.id and published_at is not null)`;

/** Finds an organiser by id or slug; null if none of their events was ever published. */
export async function selectOrganiser(
  db: Queryable,
  ref: string,
): Promise<{ id: OrganisationId; name: string; slug: string } | null> {
  const [row] = await db.query<{ id: OrganisationId; name: string; slug: string }>(organiserSql, [ref]);
  return row ?? null;
}
