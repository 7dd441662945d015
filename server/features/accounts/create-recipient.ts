import { createHash } from 'node:crypto';
import { makeId, type UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { guestEmail } from './auth.ts';
import { insertRecipient } from './guest-store.ts';

/**
 * Makes the account to which an order of somebody belongs who has not ordered it: a guest without a session. Whoever confirms
 * the address of the order finds it among their own, and the link in its mail opens it. The same `cause` always makes the same
 * account, so a retry finds what the first request did. A job deletes recipients without an order.
 */
export async function createRecipient(
  app: Pick<App, 'db' | 'clock' | 'newId'>,
  cause: readonly string[] | null,
): Promise<UserId> {
  const id = cause === null ? app.newId('user') : idOf(cause);
  await insertRecipient(app.db, id, guestEmail(id), app.clock.now());
  return id;
}

const idOf = (cause: readonly string[]): UserId =>
  makeId('user', 0, createHash('sha256').update(JSON.stringify(cause)).digest().subarray(0, 10));
