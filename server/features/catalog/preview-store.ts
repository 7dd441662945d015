import type { EventId, Id, UserId } from '../../../contract/ids.ts';
import type { Queryable, Transaction } from '../../data/db.ts';

export type PreviewLinkId = Id<'previewLink'>;

export interface PreviewLinkRow {
  id: PreviewLinkId;
  event_id: EventId;
  label: string;
  /** The name of the member who made it. */
  created_by: string;
  created_at: Date;
  expires_at: Date;
  revoked_at: Date | null;
}

// Reads the names of members in the table of accounts. The account may have been deleted since.
const select = `
  select link.id, link.event_id, link.label, coalesce(users.name, '') as created_by, link.created_at, link.expires_at,
    link.revoked_at
  from preview_links link left join users on users.id = link.created_by`;

const ofEventSql = `${select} where link.event_id = $1 order by link.created_at desc, link.id desc limit 200`;
export const selectLinks = (db: Queryable, eventId: EventId): Promise<PreviewLinkRow[]> =>
  db.query(ofEventSql, [eventId]);

const oneSql = `${select} where link.id = $1 and link.event_id = $2`;
export const selectLink = async (
  db: Queryable,
  id: PreviewLinkId,
  eventId: EventId,
): Promise<PreviewLinkRow | null> => (await db.query<PreviewLinkRow>(oneSql, [id, eventId]))[0] ?? null;

const bySecretSql = `${select}
  where link.id = $1 and link.secret_hash = $2 and link.revoked_at is null and link.expires_at > $3`;
/** Selects a link that is valid now by its secret. */
export const selectValidLink = async (
  db: Queryable,
  id: PreviewLinkId,
  secretHash: Buffer,
  now: Date,
): Promise<PreviewLinkRow | null> =>
  (await db.query<PreviewLinkRow>(bySecretSql, [id, secretHash, now]))[0] ?? null;

const countSql = `
  select count(*)::int as count from preview_links where event_id = $1 and revoked_at is null and expires_at > $2`;
export const countValid = async (db: Queryable, eventId: EventId, now: Date): Promise<number> =>
  (await db.query<{ count: number }>(countSql, [eventId, now]))[0]?.count ?? 0;

const insertSql = `
  insert into preview_links (id, event_id, secret_hash, label, created_by, created_at, expires_at)
  values ($1, $2, $3, $4, $5, $6, $7)`;
export const insertLink = (
  trx: Transaction,
  link: {
    id: PreviewLinkId;
    eventId: EventId;
    secretHash: Buffer;
    label: string;
    createdBy: UserId;
    createdAt: Date;
    expiresAt: Date;
  },
): Promise<number> =>
  trx.run(insertSql, [
    link.id,
    link.eventId,
    link.secretHash,
    link.label,
    link.createdBy,
    link.createdAt,
    link.expiresAt,
  ]);

const revokeSql = `update preview_links set revoked_at = $2 where id = $1 and revoked_at is null`;
export const revokeLink = (trx: Transaction, id: PreviewLinkId, now: Date): Promise<number> =>
  trx.run(revokeSql, [id, now]);
