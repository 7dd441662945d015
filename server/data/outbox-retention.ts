import type { Queryable } from './db.ts';

// Deletes only messages that every sink has received, the oldest first. Without a cursor we do not know what was
// read, so nothing goes. The note records since when the outbox is complete, and the newest transaction with a
// deleted message. A locked message is left to the next night. The audit checks nothing older.
const deleteSql = `
  with gone as (
    delete from outbox
    where id in (
        select id from outbox where id <= (select min(id) from outbox_cursors) order by id limit 1000
        for update skip locked)
      and created_at < $1
    returning tx
  ), noted as (
    insert into outbox_kept (since, tx)
    select $1, tx from gone order by tx desc limit 1
    on conflict (one) do update
    set since = greatest(outbox_kept.since, excluded.since), tx = greatest(outbox_kept.tx, excluded.tx)
  )
  select count(*)::int as count from gone`;

/** Deletes up to a thousand messages that are older than an instant, and returns how many. */
export async function deleteOldMessages(db: Queryable, before: Date): Promise<number> {
  const [row] = await db.query<{ count: number }>(deleteSql, [before]);
  return row?.count ?? 0;
}
