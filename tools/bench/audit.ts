/** Recounts every promise from the tables, and looks for what was acknowledged. */
import type { HoldId } from '../../contract/ids.ts';
import type { Db } from '../../server/db.ts';

const oversoldSql = `select id from pools where held + sold > capacity or held < 0 or sold < 0`;
const countersSql = `
  select pools.id, pools.held, pools.sold, coalesce(counted.held, 0) as counted_held
  from pools
  left join (
    select pool.value as id, sum((line ->> 'quantity')::int) as held
    from holds, jsonb_array_elements(lines) as line, jsonb_array_elements_text(line -> 'pools') as pool
    where status = 'active'
    group by pool.value
  ) as counted using (id)
  where pools.held <> coalesce(counted.held, 0)`;
const missingSql = `
  select wanted.id from unnest($1::text[]) as wanted (id)
  where not exists (select from holds where holds.id = wanted.id) limit 5`;

/** What is broken; empty where all is well. */
export async function auditBench(db: Db, acknowledged: HoldId[] = []): Promise<string[]> {
  const broken: string[] = [];
  for (const row of await db.query<{ id: string }>(oversoldSql)) broken.push(`pool ${row.id} is oversold`);
  for (const row of await db.query<{ id: string }>(countersSql))
    broken.push(`pool ${JSON.stringify(row)} does not count its holds`);
  for (let i = 0; i < acknowledged.length; i += 20_000) {
    for (const { id } of await db.query<{ id: string }>(missingSql, [acknowledged.slice(i, i + 20_000)])) {
      broken.push(`${id} was acknowledged and is not there`);
    }
  }
  return broken;
}

export const auditWord = (broken: string[]): string =>
  broken.length === 0 ? 'ok' : `BROKEN: ${broken.slice(0, 5).join('; ')}`;
