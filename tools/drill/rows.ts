import type { Db } from '../../server/data/db.ts';

const tablesSql = `
  select format('%I.%I', schemaname, tablename) as name from pg_tables
  where schemaname not in ('pg_catalog', 'information_schema') order by 1`;

/** The row count of every table. */
async function countRows(db: Db): Promise<Map<string, number>> {
  const counted = new Map<string, number>();
  for (const { name } of await db.query<{ name: string }>(tablesSql)) {
    const [row] = await db.query<{ count: number }>(`select count(*) as count from ${name}`);
    counted.set(name, row?.count ?? 0);
  }
  return counted;
}

/** Throws if the row count of a table differs from its original. */
export async function sameRows(source: Db, copied: Db, say: (line: string) => void): Promise<void> {
  const [there, here] = [await countRows(source), await countRows(copied)];
  const names = [...new Set([...there.keys(), ...here.keys()])];
  const other = names.filter((name) => there.get(name) !== here.get(name));
  if (other.length > 0) {
    const lines = other.map(
      (name) => `${name}: ${here.get(name) ?? 'missing'} instead of ${there.get(name) ?? 'none'}`,
    );
    throw new Error(`The copy has other rows than its original:\n${lines.join('\n')}`);
  }
  say(`${names.length} tables have as many rows as their originals`);
}

const figuresSql = `
  select (select count(*) from events)::int as events, (select count(*) from holds)::int as holds,
    (select count(*) from orders)::int as orders, (select count(*) from tickets)::int as tickets,
    (select count(*) from transfers)::int as transfers, (select max(created_at) from holds) as last`;

/** Prints what there is, so that a person can check amount and age. */
export async function say(db: Db, line: (text: string) => void): Promise<void> {
  const [row] = await db.query<Record<string, number> & { last: Date | null }>(figuresSql);
  if (!row) return;
  const { last, ...figures } = row;
  const counts = Object.entries(figures).map(([name, count]) => `${count} ${name}`);
  line(`${counts.join(', ')}; the last hold is of ${last ? new Date(last).toISOString() : 'never'}`);
}
