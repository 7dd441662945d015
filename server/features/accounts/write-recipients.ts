import { createHash } from 'node:crypto';
import { makeId, type UserId } from '../../../contract/ids.ts';
import type { Writes } from '../../data/db.ts';
import type { NewId } from '../../ids.ts';
import { guestEmail } from './auth.ts';
import { insertRecipients } from './guest-store.ts';

/**
 * The id of a recipient: the account to which an order of somebody belongs who has not ordered it. It follows from the `cause`,
 * so a retry finds what the first request did. Without a cause it is new.
 */
export const recipientIdOf = (app: { newId: NewId }, cause: readonly string[] | null): UserId =>
  cause === null
    ? app.newId('user')
    : makeId('user', 0, createHash('sha256').update(JSON.stringify(cause)).digest().subarray(0, 10));

/**
 * Makes the accounts of recipients in the transaction of their orders: guests without a session. Whoever confirms the address
 * of the order finds it among their own, and the link in its mail opens it.
 */
export function writeRecipients(trx: Writes, userIds: UserId[], now: Date): void {
  if (userIds.length > 0) insertRecipients(trx, userIds, userIds.map(guestEmail), now);
}
