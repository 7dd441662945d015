import { Refused } from '../../../contract/errors.ts';
import type { OrganisationId } from '../../../contract/ids.ts';
import type { Series } from '../../../contract/series.ts';
import type { App } from '../../app.ts';
import type { Reads } from '../../data/db.ts';
import { toSummary } from './event.ts';
import { getOrganiser } from './get-organiser.ts';
import { withSale } from './read-events.ts';
import { slugOf } from './slug.ts';
import { type EventRow, summaryColumns } from './store.ts';

const mostDates = 200;

const runsSql = `
  select run, count(*) filter (where ends_at <= $2)::int as over from events
  where organisation_id = $1 and run is not null and status in ('published', 'cancelled') and removed_at is null
  group by run order by count(*) desc, run`;
const datesSql = `
  select ${summaryColumns} from events
  where organisation_id = $1 and run = any($2) and status in ('published', 'cancelled') and removed_at is null and ends_at > $3
  order by starts_at, id limit ${mostDates}`;

/**
 * Reads the dates of a series by its slug. Names that differ only in what an address cannot show, as capitals, are one series here, which has
 * the name of most of its dates. The
 * slug is made from the name, so a series needs no row of its own and has an address as soon as a date of it is published.
 */
export async function getSeries(
  app: App,
  call: { params: { organisationId: string; series: string } },
): Promise<Series> {
  const organisation = await getOrganiser(app, call);
  const now = app.clock.now();
  const runs = await runsOf(app.reads, organisation.id, now);
  const named = runs.filter(({ run }) => slugOf(run) === call.params.series);
  const [first] = named;
  if (!first) throw new Refused('not_found');
  const rows = await app.reads.query<EventRow>(datesSql, [organisation.id, named.map(({ run }) => run), now]);
  const passRows = await selectPassesOf(
    app.reads,
    rows.map(({ id }) => id),
    now,
  );
  const [events, passes] = await Promise.all([withSale(app.db, rows, now), withSale(app.db, passRows, now)]);
  return {
    name: first.run,
    slug: call.params.series,
    organisation,
    items: events.map((event) => toSummary(event, now)),
    passes: passes.map((pass) => toSummary(pass, now)),
    over: named.reduce((sum, { over }) => sum + over, 0),
  };
}

// Reads a table of date-passes.
const passesSql = `
  select ${summaryColumns} from events
  where id in (select pass_id from pass_dates where event_id = any($1)) and status = 'published' and ends_at > $2
  order by starts_at, id limit 20`;
const selectPassesOf = (db: Reads, dates: EventRow['id'][], now: Date): Promise<EventRow[]> =>
  db.query<EventRow>(passesSql, [dates, now]);

const runsOf = (db: Reads, organisationId: OrganisationId, now: Date) =>
  db.query<{ run: string; over: number }>(runsSql, [organisationId, now]);
