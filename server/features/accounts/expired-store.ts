import type { Queryable } from '../../data/db.ts';

/** Rows per statement. A long transaction would delay the outbox's relay. */
const portion = 5000;

// Each statement walks its table once by the primary key and skips locked rows until the next run. It returns the
// last id of its portion, null at the end.
const sessions = `
  with portion as (select id, expires_at from sessions where id > $1 order by id limit ${portion}),
  ended as (
    select sessions.id from sessions join portion on portion.id = sessions.id
    where portion.expires_at <= $2 and sessions.expires_at <= $2 for update of sessions skip locked
  ),
  gone as (delete from sessions using ended where sessions.id = ended.id)
  select max(id) as last from portion`;

const verifications = `
  with portion as (select id from verifications where id > $1 order by id limit ${portion}),
  ended as (
    select verifications.id from verifications join portion on portion.id = verifications.id
    where verifications.expires_at <= $2 for update of verifications skip locked
  ),
  gone as (delete from verifications using ended where verifications.id = ended.id)
  select max(id) as last from portion`;

// Reads the table of orders in the deleting statement, because an order placed between two statements would lose its
// buyer. It reads the table of tickets and the table of transfers too, because a guest may hold a ticket or have passed one
// on. Only a session identifies a guest. Without a session nobody can come back as this guest, and without an order or a
// ticket nobody will ask for them. Their holds have expired long ago.
const guests = `
  with portion as (select id from users where id > $1 order by id limit ${portion}),
  abandoned as (
    select users.id from users join portion on portion.id = users.id
    where users.is_anonymous and users.created_at <= $2
      and not exists (select from sessions where sessions.user_id = users.id)
      and not exists (select from orders where orders.buyer_id = users.id)
      and not exists (select from tickets where tickets.holder_id = users.id)
      and not exists (select from ticket_transfers where ticket_transfers.from_user_id = users.id)
      and not exists (select from ticket_transfers where ticket_transfers.to_user_id = users.id)
    for update of users skip locked
  ),
  gone as (delete from users using abandoned where users.id = abandoned.id)
  select max(id) as last from portion`;

export const deleteExpiredSessions = (db: Queryable, now: Date): Promise<void> => walk(db, sessions, now);

export const deleteExpiredVerifications = (db: Queryable, now: Date): Promise<void> =>
  walk(db, verifications, now);

/** Deletes guests from before `madeBefore` that have no session and no order. */
export const deleteAbandonedGuests = (db: Queryable, madeBefore: Date): Promise<void> =>
  walk(db, guests, madeBefore);

const revocations = `
  delete from revocations where id in (
    select id from revocations where revoked_at < clock_timestamp() - $1::int * interval '1 day' limit 1000
    for update skip locked)`;
export const deleteRevocations = (db: Queryable, olderThanDays: number): Promise<number> =>
  db.run(revocations, [olderThanDays]);

async function walk(db: Queryable, sql: string, limit: Date): Promise<void> {
  let last: string | null = '';
  while (last !== null) {
    const [row]: { last: string | null }[] = await db.query(sql, [last, limit]);
    last = row?.last ?? null;
  }
}
