import type { App } from '../../app.ts';

/** Events with a page that is worth finding: to come, or running; the cancelled ones say that they are. */
const listed = `published_at is not null and status in ('published', 'cancelled') and ends_at > $1`;
const countSql = `select count(*) as count from events where ${listed}`;
const slugsSql = `select slug from events where ${listed} order by id limit $2 offset $3`;

export async function countPublicEvents(app: Pick<App, 'db' | 'clock'>): Promise<number> {
  const [row] = await app.db.query<{ count: number }>(countSql, [app.clock.now()]);
  return row?.count ?? 0;
}

/** The addresses of public events in a steady order, `limit` of them after the first `offset`. */
export async function listPublicSlugs(
  app: Pick<App, 'db' | 'clock'>,
  limit: number,
  offset: number,
): Promise<string[]> {
  const rows = await app.db.query<{ slug: string }>(slugsSql, [app.clock.now(), limit, offset]);
  return rows.map((row) => row.slug);
}
