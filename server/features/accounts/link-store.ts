import { randomUUID } from 'node:crypto';
import type { UserId } from '../../../contract/ids.ts';
import type { Queryable, Writes } from '../../data/db.ts';
import { tokenHash } from './token-hash.ts';

/**
 * Links that we mail, in better-auth's table `verifications`. A row keeps the hash of the link's token. The `#` in
 * front can't be made by anything that better-auth asks for, which looks for what it was given as well as for its
 * hash: a hash that was read from a dump must not be found as if it were a token.
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
/** Whose link this token belongs to, while the link is good. */
export const findLink = async (
  db: Queryable,
  kind: LinkKind,
  token: string,
  now: Date,
): Promise<UserId | null> =>
  (await db.query<{ value: UserId }>(linkByIdentifier, [identifierOf(kind, token), now]))[0]?.value ?? null;

const linksOfUser = `delete from verifications where value = $1 and starts_with(identifier, $2)`;
/** Ends the links of one kind that a user was sent; gives how many there were. */
export const deleteLinksOf = (trx: Writes, kind: LinkKind, userId: UserId): void =>
  trx.write(linksOfUser, [userId, `#${kind}:`]);

const pendingOfUser = `delete from verifications where value = $1 and not starts_with(identifier, '#verify-email:')`;
/**
 * Ends what waits for a user: links to reset the password, sign-ins that wait for their second step. A link to
 * verify the address stays: it opens nothing once the address is verified, and a second click on it is answered.
 */
export const deletePendingOf = (trx: Writes, userId: UserId): void => trx.write(pendingOfUser, [userId]);
