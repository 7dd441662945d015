/* The numbers of people who get SMS, and what SMS have cost. */
import type { UserId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';

interface PhoneRow {
  number: string | null;
  newNumber: string | null;
  isStopped: boolean;
}

const findSql = `
  select number, new_number as "newNumber",
    exists (select from stopped_numbers where stopped_numbers.number = phone_numbers.number) as "isStopped"
  from phone_numbers where user_id = $1`;

/** Null if the person has never given a number. */
export async function findPhone(db: Queryable, userId: UserId): Promise<PhoneRow | null> {
  const [row] = await db.query<PhoneRow>(findSql, [userId]);
  return row ?? null;
}

const textedSql = `select user_id as "userId" from phone_numbers where user_id = any($1::text[]) and number is not null`;
/** Finds those of these people who have confirmed a number. */
export async function findTexted(db: Queryable, userIds: UserId[]): Promise<Set<UserId>> {
  if (userIds.length === 0) return new Set();
  const rows = await db.query<{ userId: UserId }>(textedSql, [userIds]);
  return new Set(rows.map(({ userId }) => userId));
}

const stoppedSql = `select from stopped_numbers where number = $1`;
export const isStopped = async (db: Queryable, number: string): Promise<boolean> =>
  (await db.query(stoppedSql, [number])).length > 0;

const putSql = `
  insert into phone_numbers (user_id, new_number, code, code_expires_at) values ($1, $2, $3, $4)
  on conflict (user_id) do update set new_number = excluded.new_number, code = excluded.code,
    code_expires_at = excluded.code_expires_at, code_tries = 0`;

/** Keeps a number that waits for its code. A confirmed one stays beside it. */
export const putNewNumber = (
  db: Queryable,
  userId: UserId,
  { number, code, expiresAt }: { number: string; code: string; expiresAt: Date },
): Promise<number> => db.run(putSql, [userId, number, code, expiresAt]);

const tryCodeSql = `
  update phone_numbers set code_tries = code_tries + 1 where user_id = $1 and code is not null and code_expires_at > $2
  returning code, code_tries as tries`;

/** Counts an attempt and returns the sealed code; null if no code is valid. Concurrent attempts are counted one by one. */
export async function takeTry(
  db: Queryable,
  userId: UserId,
  now: Date,
): Promise<{ code: string; tries: number } | null> {
  const [row] = await db.query<{ code: string; tries: number }>(tryCodeSql, [userId, now]);
  return row ?? null;
}

const confirmSql = `
  update phone_numbers set number = new_number, consented_at = $3, new_number = null, code = null, code_expires_at = null
  where user_id = $1 and code = $2`;

/** False if another request has used or replaced the code. */
export const confirmNumber = async (
  db: Queryable,
  userId: UserId,
  code: string,
  now: Date,
): Promise<boolean> => (await db.run(confirmSql, [userId, code, now])) > 0;

const deleteSql = `delete from phone_numbers where user_id = $1`;
export const deletePhone = (db: Queryable, userId: UserId): Promise<number> => db.run(deleteSql, [userId]);

const stopSql = `insert into stopped_numbers (number, stopped_at) values ($1, $2) on conflict do nothing`;
export const stopNumber = (db: Queryable, number: string, now: Date): Promise<number> =>
  db.run(stopSql, [number, now]);

const startSql = `delete from stopped_numbers where number = $1`;
export const startNumber = (db: Queryable, number: string): Promise<number> => db.run(startSql, [number]);

// One statement, so that jobs at the same time together cannot pay for more than the limit.
const spendSql = `
  insert into sms_spending as spent (purpose, day, segments)
  select $1, ($2::timestamptz at time zone 'UTC')::date, $3::integer where $3::integer <= $4::integer
  on conflict (purpose, day) do update set segments = spent.segments + excluded.segments
    where spent.segments + excluded.segments <= $4::integer
  returning segments`;

/** Pays for parts of an SMS. False if that would be more than the limit of the day. */
export const spendSegments = async (
  db: Queryable,
  { purpose, segments, most, now }: { purpose: string; segments: number; most: number; now: Date },
): Promise<boolean> => (await db.query(spendSql, [purpose, now, segments, most])).length > 0;

const giveBackSql = `
  update sms_spending set segments = greatest(0, segments - $3)
  where purpose = $1 and day = ($2::timestamptz at time zone 'UTC')::date`;
export const giveBackSegments = (
  db: Queryable,
  { purpose, segments, now }: { purpose: string; segments: number; now: Date },
): Promise<number> => db.run(giveBackSql, [purpose, now, segments]);

const forgetSql = `
  delete from sms_spending where (purpose, day) in (
    select purpose, day from sms_spending where day < $1::date limit 1000 for update skip locked)`;
export const deleteSpending = (db: Queryable, before: Date): Promise<number> => db.run(forgetSql, [before]);
