import type { Category } from '../../../contract/events.ts';
import type { EventId, OrganisationId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { App } from '../../app.ts';

/** A published event that has a word in common with one that is being written. */
export interface Example {
  id: EventId;
  title: string;
  summary: string;
  category: Category;
  tags: string[];
}

/** An earlier event of the organisation itself. */
export interface OwnExample extends Example {
  description: string;
  startsAt: Date;
  timeZone: string;
}

/** What tickets of similar events cost: the quartiles of each event's middle list price, and how many events they are of. */
export interface ExamplePrices {
  events: number;
  quartilesMinor: [number, number, number];
}

export interface Wish {
  organisationId: OrganisationId;
  /** The event that is being written. */
  except: EventId | null;
  /** At most eight; null if nothing was typed. */
  words: string[];
  category: Category | null;
  city: string;
  currency: Currency | null;
  now: Date;
}

const exampleColumns = `id, title, summary, category, tags`;
// A word that most events have would match all of them. The latest are enough, because the words are weighed by how rare they are among
// those that were read.
const byWordsSql = `
  select ${exampleColumns} from events
  where status in ('published', 'cancelled') and removed_at is null and id is distinct from $3
    and search_words @@ search_query(array_fill(1, array[cardinality($1::text[])]), $1, array_fill('text'::text, array[cardinality($1::text[])]))
  order by starts_at desc limit $2`;
const mostExamples = 300;

const ownSql = `
  select ${exampleColumns}, description, starts_at as "startsAt", time_zone as "timeZone" from events
  where organisation_id = $1 and status in ('published', 'cancelled') and removed_at is null and id is distinct from $2
  order by starts_at desc, id desc limit 50`;

// Prices are in a table of sale. Extras are rows of it too, and hidden types are nobody else's business. Each event has one value,
// so that a festival with many types weighs no more than a concert. Old prices say little, and a thousand events say as much as all.
const pricesSql = `
  select count(*)::int as events,
    percentile_disc(array[0.25, 0.5, 0.75]) within group (order by middle_minor) as "quartilesMinor"
  from (
    select id from events
    where status = 'published' and category = $1 and currency = $2 and starts_at > $3 and id is distinct from $5
      and ($4 = '' or search_text(city) = search_text($4))
    order by starts_at desc limit 1000) as alike
  cross join lateral (
    select percentile_disc(0.5) within group (order by list_minor) as middle_minor from ticket_types
    where event_id = alike.id and product_id is null and not hidden and list_minor > 0) as tickets
  where middle_minor is not null`;
const twoYearsMs = 730 * 86_400_000;

/** Finds what published events tell about one that is being written. Reads at most some hundred rows. */
export async function findExamples(
  { reads }: Pick<App, 'reads'>,
  wish: Wish,
): Promise<{ examples: Example[]; own: OwnExample[] }> {
  const { organisationId, except, words } = wish;
  const [examples, own] = await Promise.all([
    words.length === 0 ? [] : reads.query<Example>(byWordsSql, [words, mostExamples, except]),
    reads.query<OwnExample>(ownSql, [organisationId, except]),
  ]);
  return { examples, own };
}

/** What events of a category cost in a city, or anywhere if `city` is empty. Null if none of them costs anything. */
export async function findExamplePrices(
  { reads }: Pick<App, 'reads'>,
  { category, currency, city, except, now }: Wish,
): Promise<ExamplePrices | null> {
  if (!category || !currency) return null;
  const since = new Date(now.getTime() - twoYearsMs);
  const [row] = await reads.query<{ events: number; quartilesMinor: ExamplePrices['quartilesMinor'] | null }>(
    pricesSql,
    [category, currency, since, city, except],
  );
  return row?.quartilesMinor ? { events: row.events, quartilesMinor: row.quartilesMinor } : null;
}
