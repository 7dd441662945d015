import { AsyncLocalStorage } from 'node:async_hooks';
import type pg from 'pg';
import { isDatabaseUnavailable } from '../../data/database-trouble.ts';
import type { Db, Queryable, Transaction } from '../../data/db.ts';

/**
 * Notices database failures inside better-auth. better-auth hides its internal errors, and may even answer as if
 * nothing had happened: it tells a caller whose session it could not read that there is no session. So this watches
 * its queries.
 */
interface TroubleNotice {
  /** Runs `work`, and throws if the database was unavailable for one of its queries. */
  orThrow<T>(work: () => Promise<T>): Promise<T>;
  /** The same pool, watched. */
  pool(pool: pg.Pool): pg.Pool;
  /**
   * Runs `work` in the transaction that better-auth has open for this request on that pool, or in a new one of `db`.
   * better-auth swallows what its callbacks throw, but PostgreSQL does not commit a transaction in which a statement
   * failed.
   */
  inTransaction<T>(work: (trx: Transaction) => Promise<T>, db: Db): Promise<T>;
  /** The same database, watched. */
  db(db: Db): Db;
}

export function createTroubleNotice(): TroubleNotice {
  const calls = new AsyncLocalStorage<{ trouble?: unknown; transaction?: pg.PoolClient | null }>();

  // The asking request is known at the time of the query. The answer may arrive outside of its async context.
  function listen<T>(asked: Promise<T>): Promise<T> {
    const call = calls.getStore();
    if (!call) return asked;
    return asked.catch((error) => {
      if (isDatabaseUnavailable(error)) call.trouble ??= error;
      throw error;
    });
  }

  const listenTo = <Q extends Queryable>(to: Q): Q => ({
    ...to,
    query: (text: string, values?: readonly unknown[]) => listen(to.query(text, values)),
    run: (text: string, values?: readonly unknown[]) => listen(to.run(text, values)),
  });

  return {
    orThrow: (work) =>
      calls.run({}, async () => {
        const call = calls.getStore();
        const done = await work().catch((error) => {
          throw call?.trouble ?? error;
        });
        if (call?.trouble) throw call.trouble;
        return done;
      }),
    inTransaction: (work, db) => {
      const client = calls.getStore()?.transaction;
      return client ? listen(runOn(client, work)) : db.transaction(work);
    },
    db: (db) => ({
      ...listenTo(db),
      transaction: (work) => listen(db.transaction(work)),
      writeAll: (work) => listen(db.writeAll(work)),
    }),
    // The part of a pool that Kysely uses.
    pool: (pool) =>
      ({
        connect: async () => {
          const client = await listen(pool.connect());
          return {
            query: (text: string, values: unknown[]) => {
              const call = calls.getStore();
              // Kysely's own statements. A request has one transaction at a time.
              if (call && text === 'begin') call.transaction = client;
              if (call && /^(commit|rollback)$/.test(text)) call.transaction = null;
              return listen(client.query(text, values));
            },
            release: () => client.release(),
          };
        },
        end: () => pool.end(),
      }) as unknown as pg.Pool,
  };
}

async function runOn<T>(client: pg.PoolClient, work: (trx: Transaction) => Promise<T>): Promise<T> {
  const sent: Promise<unknown>[] = [];
  const send = (text: string, values: readonly unknown[] = []) => {
    const answer = client.query(text, values as unknown[]);
    sent.push(answer);
    answer.catch(() => {});
    return answer;
  };
  const result = await work({
    query: async (text, values) => (await send(text, values)).rows,
    run: async (text, values) => (await send(text, values)).rowCount ?? 0,
    write: (text, values) => void send(text, values),
  });
  await Promise.all(sent);
  return result;
}
