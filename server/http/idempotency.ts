import { hash } from 'node:crypto';
import { Refused } from '../../contract/errors.ts';
import { largeBodyBytes } from '../../contract/operation.ts';
import type { App } from '../app.ts';
import type { Queryable, Transaction } from '../data/db.ts';

/** A request's Idempotency-Key with its fingerprint; null without the header. */
export interface Retry {
  key: string;
  /**
   * A hash of the operation, its path and its body, byte for byte. The same key with another fingerprint is refused.
   */
  fingerprint: string;
}

export const fingerprintOf = (operation: string, path: string, rawBody: Buffer | undefined): string =>
  hash('sha256', `${operation}\0${path}\0${rawBody ? textOf(rawBody) : ''}`, 'base64url').slice(0, 22);

/** A file of megabytes is hashed first, which takes a tenth of the time of making it a text. */
const textOf = (body: Buffer): string =>
  body.length > largeBodyBytes ? hash('sha256', body, 'base64url') : body.toString('latin1');

const claim = `
  insert into idempotency_keys (user_id, key, operation, fingerprint, created_at)
  values ($1, $2, $3, $4, $5)
  on conflict (user_id, key) do nothing`;
const find = `select fingerprint, reply from idempotency_keys where user_id = $1 and key = $2`;
const settle = `update idempotency_keys set reply = $3::jsonb where user_id = $1 and key = $2`;

/**
 * Runs `work` in one transaction, exactly once per Idempotency-Key. The key, the effect and the answer commit
 * together, and a retry gets the recorded answer. A concurrent retry waits on the key's row for the first request.
 * Refusals roll back and are not recorded, so a later retry may succeed.
 */
export function once<T>(
  app: App,
  call: { caller: { userId: string } | null; retry: Retry | null; operation: string },
  work: (trx: Transaction) => Promise<T>,
): Promise<T> {
  const { caller, retry, operation } = call;
  if (!retry || !caller) return app.db.transaction(work);
  return app.db.transaction(async (trx) => {
    const mine = await trx.run(claim, [
      caller.userId,
      retry.key,
      operation,
      retry.fingerprint,
      app.clock.now(),
    ]);
    if (mine === 0) {
      const [earlier] = await trx.query<{ fingerprint: string; reply: T }>(find, [caller.userId, retry.key]);
      if (earlier?.fingerprint !== retry.fingerprint) throw new Refused('idempotency_key_reused');
      return earlier.reply;
    }
    const reply = await work(trx);
    await trx.run(settle, [caller.userId, retry.key, JSON.stringify(reply ?? null)]);
    return reply;
  });
}

const forgetBefore = `
  delete from idempotency_keys where (user_id, key) in (
    select user_id, key from idempotency_keys where created_at < $1 for update skip locked)`;
const forgetOf = `delete from idempotency_keys where user_id = $1`;

/** Deletes answers from before an instant. No client retries a request after so long. */
export const forgetReplies = (db: Queryable, before: Date): Promise<number> => db.run(forgetBefore, [before]);

/** Deletes all answers to a user whose account is deleted. */
export const forgetRepliesTo = (trx: Transaction, userId: string): Promise<number> =>
  trx.run(forgetOf, [userId]);
