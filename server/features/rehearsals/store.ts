import type { EventId, Id } from '../../../contract/ids.ts';
import type { Queryable, Reads, Transaction } from '../../data/db.ts';
import type { Figures, RehearsalRow, Wishes } from './rehearsals.ts';

const columns = `id, event_id as "eventId", status, wishes, figures, created_at as "createdAt", finished_at as "finishedAt"`;

const insertSql = `
  insert into rehearsals (id, event_id, status, wishes, created_at) values ($1, $2, 'waiting', $3::jsonb, $4)
  on conflict do nothing returning ${columns}`;

/** Null if the event rehearses a sale already. */
export async function insertRehearsal(
  trx: Transaction,
  of: { id: Id<'rehearsal'>; eventId: EventId; wishes: Wishes },
  now: Date,
): Promise<RehearsalRow | null> {
  const [row] = await trx.query<RehearsalRow>(insertSql, [of.id, of.eventId, JSON.stringify(of.wishes), now]);
  return row ?? null;
}

const listSql = `select ${columns} from rehearsals where event_id = $1 order by id desc limit 20`;
export const selectRehearsals = (db: Reads, eventId: EventId): Promise<RehearsalRow[]> =>
  db.query<RehearsalRow>(listSql, [eventId]);

const findSql = `select ${columns} from rehearsals where id = $1`;
export const findRehearsal = async (db: Reads, id: Id<'rehearsal'>): Promise<RehearsalRow | null> =>
  (await db.query<RehearsalRow>(findSql, [id]))[0] ?? null;

const finishSql = `
  update rehearsals set status = case when $2::jsonb is null then 'failed' else 'done' end, figures = $2::jsonb, finished_at = $3
  where id = $1 and status = 'waiting'`;

/** `figures` null: it failed. */
export const finishRehearsal = (
  db: Queryable,
  id: Id<'rehearsal'>,
  figures: Figures | null,
  now: Date,
): Promise<number> => db.run(finishSql, [id, figures && JSON.stringify(figures), now]);
