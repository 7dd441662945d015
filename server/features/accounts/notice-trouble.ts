import { AsyncLocalStorage } from 'node:async_hooks';
import type pg from 'pg';
import { isDatabaseUnavailable } from '../../data/database-trouble.ts';
import type { Db, Queryable, Transaction } from '../../data/db.ts';

/**
 * better-auth keeps to itself what went wrong inside it, and may even answer as if nothing had: somebody whose
 * session could not be read is told that they have none. So what it asks of the database is listened to.
 */
export interface TroubleNotice {
  /** Runs `work`, and throws in its place where the database was not there for something that it asked. */
  orThrow<T>(work: () => Promise<T>): Promise<T>;
  /** The same pool, listened to. */
  pool(pool: pg.Pool): pg.Pool;
  /**
   * Runs `work` in the transaction that better-auth has open for this request on that pool; where it has none, in a new
   * one of `db`. better-auth swallows what its callbacks throw, but PostgreSQL commits no transaction in which a statement
   * failed.
   */
  inTransaction<T>(work: (trx: Transaction) => Promise<T>, db: Db): Promise<T>;
  /** The same database, listened to. */
  db(db: Db): Db;
}

export function createTroubleNotice(): TroubleNotice {
  const calls = new AsyncLocalStorage<{ trouble?: unknown; transaction?: pg.PoolClient | null }>();

  // Whoever asks is known when they ask; the answer may come in nobody's name.
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
    // Of a pool, Kysely uses this much.
    pool: (pool) =>
      ({
        connect: async () => {
          const client = await listen(pool.connect());
          return {
            query: (text: string, values: unknown[]) => {
              const call = calls.getStore();
              // Kysely's own words. A request has one transaction at a time.
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
