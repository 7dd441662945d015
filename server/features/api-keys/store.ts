import type { ApiKeyScope } from '../../../contract/api-key-scopes.ts';
import type { ApiKeyId, EventId, OrganisationId, UserId } from '../../../contract/ids.ts';
import type { Queryable, Transaction } from '../../data/db.ts';
import type { Caller } from '../accounts/accounts.ts';

export interface KeyRow {
  id: ApiKeyId;
  organisationId: OrganisationId;
  name: string;
  hint: string;
  scopes: ApiKeyScope[];
  eventIds: EventId[] | null;
  madeBy: UserId;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  rotatedAt: Date | null;
  oldUntil: Date | null;
  revokedAt: Date | null;
}

const columns = `
  key.id, key.organisation_id as "organisationId", key.name, key.hint, key.scopes, key.event_ids as "eventIds",
  key.made_by as "madeBy", key.created_at as "createdAt", key.expires_at as "expiresAt",
  key.last_used_at as "lastUsedAt", key.rotated_at as "rotatedAt", key.old_until as "oldUntil",
  key.revoked_at as "revokedAt"`;

const insertSql = `
  insert into api_keys (id, organisation_id, name, hint, secret_hash, scopes, event_ids, made_by, created_at, expires_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;
export const insertKey = (
  trx: Transaction,
  key: Pick<
    KeyRow,
    'id' | 'organisationId' | 'name' | 'hint' | 'scopes' | 'eventIds' | 'madeBy' | 'createdAt' | 'expiresAt'
  > & { secretHash: Buffer },
): Promise<number> =>
  trx.run(insertSql, [
    key.id,
    key.organisationId,
    key.name,
    key.hint,
    key.secretHash,
    key.scopes,
    key.eventIds,
    key.madeBy,
    key.createdAt,
    key.expiresAt,
  ]);

// Locks the organisation, so that two keys that are made at once are counted one after the other: table of organisations.
const lockSql = `select id from organisations where id = $1 for no key update`;
const countSql = `
  select count(*)::int as count from api_keys
  where organisation_id = $1 and revoked_at is null and (expires_at is null or expires_at > $2)`;
/** Counts the valid keys of an organisation, and lets nobody else make one until the transaction ends. */
export async function countValidKeys(
  trx: Transaction,
  organisationId: OrganisationId,
  now: Date,
): Promise<number> {
  await trx.query(lockSql, [organisationId]);
  const [row] = await trx.query<{ count: number }>(countSql, [organisationId, now]);
  return row?.count ?? 0;
}

// The valid keys come first: keys that ended stay for 30 days, and there may be more than 1000 of them.
const listSql = `
  select ${columns} from api_keys key where organisation_id = $1
  order by (revoked_at is null and (expires_at is null or expires_at > $2)) desc, id desc limit 1000`;
export const listKeys = (db: Queryable, organisationId: OrganisationId, now: Date): Promise<KeyRow[]> =>
  db.query<KeyRow>(listSql, [organisationId, now]);

const listOfSql = `select ${columns} from api_keys key where made_by = $1 order by id desc`;
export const listKeysOf = (db: Queryable, userId: UserId): Promise<KeyRow[]> =>
  db.query<KeyRow>(listOfSql, [userId]);

const lockKeySql = `select ${columns} from api_keys key where organisation_id = $1 and id = $2 for update`;
export const lockKey = async (
  trx: Transaction,
  organisationId: OrganisationId,
  id: ApiKeyId,
): Promise<KeyRow | null> => (await trx.query<KeyRow>(lockKeySql, [organisationId, id]))[0] ?? null;

const rotateSql = `
  update api_keys set old_hash = case when $4::timestamptz > $5 then secret_hash end,
    old_until = case when $4::timestamptz > $5 then $4::timestamptz end,
    secret_hash = $2, hint = $3, rotated_at = $5
  where id = $1`;
/** The secret that the key has becomes the old one. An older one ends. */
export const rotateKey = (
  trx: Transaction,
  {
    id,
    secretHash,
    hint,
    oldUntil,
    now,
  }: { id: ApiKeyId; secretHash: Buffer; hint: string; oldUntil: Date; now: Date },
): Promise<number> => trx.run(rotateSql, [id, secretHash, hint, oldUntil, now]);

const revokeSql = `update api_keys set revoked_at = $2 where id = $1 and revoked_at is null`;
export const revokeKey = (trx: Transaction, id: ApiKeyId, now: Date): Promise<number> =>
  trx.run(revokeSql, [id, now]);

/** A key with the rights of the person who made it, as one look-up finds them. */
export interface KnownKey {
  key: KeyRow;
  /** The secret is the one before the last rotation. */
  isOld: boolean;
  caller: Omit<Caller, 'key'>;
  suspended: boolean;
}

type FoundRow = KeyRow & {
  isOld: boolean;
  role: Caller['role'];
  isGuest: boolean;
  emailVerified: boolean;
  accessVersion: number;
  suspended: boolean;
};

// Joined with the table of accounts, because each request with a key needs both, and two queries would take twice as long. Each
// of the two conditions has an index.
const findSql = `
  select ${columns}, key.secret_hash <> $1 as "isOld", account.role,
    account.is_anonymous as "isGuest", account.email_verified as "emailVerified",
    account.access_version as "accessVersion", account.suspended_at is not null as suspended
  from api_keys key join users account on account.id = key.made_by
  where key.secret_hash = $1 or key.old_hash = $1`;
export async function findKeyBySecret(db: Queryable, hash: Buffer): Promise<KnownKey | null> {
  const [row] = await db.query<FoundRow>(findSql, [hash]);
  if (!row) return null;
  const { isOld, role, isGuest, emailVerified, accessVersion, suspended, ...key } = row;
  const caller = { userId: key.madeBy, sessionId: key.id, role, isGuest, emailVerified, accessVersion };
  return { key, isOld, caller, suspended };
}

const noteUseSql = `
  update api_keys set last_used_at = $2
  where id = $1 and (last_used_at is null or last_used_at <= $2::timestamptz - interval '1 minute')`;
export const noteKeyUse = (db: Queryable, id: ApiKeyId, now: Date): Promise<number> =>
  db.run(noteUseSql, [id, now]);

const forgetSql = `
  delete from api_keys where id in (
    select id from api_keys where least(revoked_at, expires_at) < $1 limit 1000 for update skip locked)`;
/** Deletes keys that ended before an instant. */
export const deleteEndedKeys = (db: Queryable, before: Date): Promise<number> => db.run(forgetSql, [before]);
