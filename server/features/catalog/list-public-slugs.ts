/**
 * The addresses of the sitemap. Pages of organisers come from the table of organisations joined with the events, because an
 * organiser without anything to come has no page, and the sitemap goes through all of them by offset.
 */
import type { App } from '../../app.ts';

/** Events worth finding: upcoming or running. The page of a cancelled event says that it is cancelled. */
const listed = `published_at is not null and status in ('published', 'cancelled') and removed_at is null and ends_at > $1`;
/** Organisers with such an event. The pages of the others are empty. */
const listing = `id in (select organisation_id from events where ${listed})`;
const countSql = `select count(*) as count from events where ${listed}`;
const slugsSql = `select slug from events where ${listed} order by id limit $2 offset $3`;
const countOrganisersSql = `select count(*) as count from organisations where ${listing}`;
const organisersSql = `select slug from organisations where ${listing} order by id limit $2 offset $3`;

export const countPublicEvents = (app: Reader): Promise<number> => count(app, countSql);
export const countPublicOrganisers = (app: Reader): Promise<number> => count(app, countOrganisersSql);

type Reader = Pick<App, 'db' | 'clock'>;

async function count(app: Reader, sql: string): Promise<number> {
  const [row] = await app.db.query<{ count: number }>(sql, [app.clock.now()]);
  return row?.count ?? 0;
}

/** The slugs of public events in a stable order: `limit` of them after the first `offset`. */
export const listPublicSlugs = (app: Reader, limit: number, offset: number): Promise<string[]> =>
  list(app, slugsSql, limit, offset);

/** The same for their organisers. */
export const listPublicOrganisers = (app: Reader, limit: number, offset: number): Promise<string[]> =>
  list(app, organisersSql, limit, offset);

async function list(app: Reader, sql: string, limit: number, offset: number): Promise<string[]> {
  const rows = await app.db.query<{ slug: string }>(sql, [app.clock.now(), limit, offset]);
  return rows.map((row) => row.slug);
}
