import { randomUUID } from 'node:crypto';
import type { UserId } from '../../../contract/ids.ts';
import type { Queryable, Writes } from '../../data/db.ts';
import { tokenHash } from './token-hash.ts';

/**
 * Links that we mail, in better-auth's table `verifications`. A row stores the hash of the link's token. better-auth
 * looks for both the given text and its hash, and a `#` in front keeps it from finding a hash that somebody has read
 * from a dump: no request of better-auth's can produce the `#`.
 */
export type LinkKind = 'verify-email' | 'reset-password';

export const hashedIdentifier = (identifier: string): string => `#${tokenHash(identifier)}`;
const identifierOf = (kind: LinkKind, token: string): string => `#${kind}:${tokenHash(token)}`;

const insertLink = `
  insert into verifications (id, identifier, value, expires_at, created_at, updated_at)
  values ($1, $2, $3, $4, $5, $5)`;
export const writeLink = (
  db: Queryable,
  link: { kind: LinkKind; token: string; userId: UserId; expiresAt: Date },
  now: Date,
): Promise<number> =>
  db.run(insertLink, [randomUUID(), identifierOf(link.kind, link.token), link.userId, link.expiresAt, now]);

const linkByIdentifier = `select value from verifications where identifier = $1 and expires_at > $2`;
/** Returns the user of the link with this token, if the link is valid. */
export const findLink = async (
  db: Queryable,
  kind: LinkKind,
  token: string,
  now: Date,
): Promise<UserId | null> =>
  (await db.query<{ value: UserId }>(linkByIdentifier, [identifierOf(kind, token), now]))[0]?.value ?? null;

const linksOfUser = `delete from verifications where value = $1 and starts_with(identifier, $2)`;
/** Deletes a user's links of one kind. */
export const deleteLinksOf = (trx: Writes, kind: LinkKind, userId: UserId): void =>
  trx.write(linksOfUser, [userId, `#${kind}:`]);

const pendingOfUser = `delete from verifications where value = $1 and not starts_with(identifier, '#verify-email:')`;
/**
 * Deletes what waits for a user: links to reset the password, and sign-ins that wait for their second step. A
 * verification link stays: it opens nothing once the address is verified, and a second click on it gets an answer.
 */
export const deletePendingOf = (trx: Writes, userId: UserId): void => trx.write(pendingOfUser, [userId]);
