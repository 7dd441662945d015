/* Browsers that show notifications. */
import type { Id, UserId } from '../../../contract/ids.ts';
import type { Language } from '../../../contract/languages.ts';
import type { Queryable } from '../../data/db.ts';
import type { PushTarget } from './push-sender.ts';

export interface PushSubscriptionRow extends PushTarget {
  id: Id<'pushSubscription'>;
  createdAt: Date;
}

// Sharing the session's row keeps it from being deleted in between (table of accounts, whose foreign key this row has).
const putSql = `
  insert into push_subscriptions (id, user_id, session_id, endpoint, p256dh, auth, language, created_at)
  select $1, user_id, id, $4, $5, $6, $7, $8 from sessions where id = $3 and user_id = $2 for key share
  on conflict (endpoint) do update set user_id = excluded.user_id, session_id = excluded.session_id,
    p256dh = excluded.p256dh, auth = excluded.auth, language = excluded.language`;

const trimSql = `
  delete from push_subscriptions where id in (
    select id from push_subscriptions where user_id = $1 order by (endpoint = $2) desc, id desc offset $3)`;

/** Saves a browser's subscription, and deletes the oldest ones beyond `most`. False if the session has ended. */
export async function putSubscription(
  db: Queryable,
  row: {
    id: Id<'pushSubscription'>;
    userId: UserId;
    sessionId: string;
    target: PushTarget;
    language: Language;
    now: Date;
    most: number;
  },
): Promise<boolean> {
  const { id, userId, sessionId, target, language, now, most } = row;
  const { endpoint, p256dh, auth } = target;
  const put = await db.run(putSql, [id, userId, sessionId, endpoint, p256dh, auth, language, now]);
  if (put > 0) await db.run(trimSql, [userId, endpoint, most]);
  return put > 0;
}

const subscribedSql = `select distinct user_id as "userId" from push_subscriptions where user_id = any($1::text[])`;
/** Finds those of these people who have a browser that shows notifications. */
export async function findSubscribed(db: Queryable, userIds: UserId[]): Promise<Set<UserId>> {
  if (userIds.length === 0) return new Set();
  const rows = await db.query<{ userId: UserId }>(subscribedSql, [userIds]);
  return new Set(rows.map(({ userId }) => userId));
}

const deleteSql = `delete from push_subscriptions where endpoint = $1 and user_id = $2`;
export const deleteSubscription = (db: Queryable, endpoint: string, userId: UserId): Promise<number> =>
  db.run(deleteSql, [endpoint, userId]);

const deleteByIdSql = `delete from push_subscriptions where id = $1`;
export const endSubscription = (db: Queryable, id: Id<'pushSubscription'>): Promise<number> =>
  db.run(deleteByIdSql, [id]);

const listSql = `
  select id, endpoint, p256dh, auth, created_at as "createdAt" from push_subscriptions where user_id = $1 order by id`;
export const listSubscriptions = (db: Queryable, userId: UserId): Promise<PushSubscriptionRow[]> =>
  db.query(listSql, [userId]);
