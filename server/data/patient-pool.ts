import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { isDatabaseUnavailable } from './database-trouble.ts';

/**
 * The connection pool for graphile-worker, which retries every statement until the database answers. graphile-worker
 * cannot survive a database outage by itself: if it can't record a finished job, it gives up its workers, and an
 * unhandled rejection ends the process.
 *
 * All its statements may safely run twice. It deletes a finished job by the job's id. It returns a failed job by the
 * worker's name. It enters a cron time once. Jobs whose fetch got no answer return to the queue through takeUnheard
 * (workers.ts).
 */
interface PatientPool {
  pool: pg.Pool;
  /** Stops the retries: from now on a failed statement fails. */
  loseHeart(): void;
}

interface PatientPoolOptions {
  pool: pg.Pool;
  /** Opens the connection on which graphile-worker is notified of new jobs. */
  openListener(): pg.Client;
  onTrouble(error: unknown): void;
}

const pausesMs = [50, 100, 200, 400, 800, 1000];

export function createPatientPool({ pool, openListener, onTrouble }: PatientPoolOptions): PatientPool {
  let patient = true;

  async function persist<T>(ask: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries++) {
      try {
        return await ask();
      } catch (error) {
        if (!patient || pool.ending || !isDatabaseUnavailable(error)) throw error;
        if (tries === 0) onTrouble(error);
        await wait(pausesMs[Math.min(tries, pausesMs.length - 1)]);
      }
    }
  }

  // Any connection will do, because graphile-worker sends one statement at a time and keeps no state in between. Only
  // its migrations would need one connection, and migrate.ts has run them before.
  const query = (text: string | pg.QueryConfig, values?: unknown[]) => {
    if (typeof text === 'string' && /^\s*begin\b/i.test(text))
      throw new Error('a transaction of graphile-worker cannot go over several connections');
    return persist(() => pool.query(text as string, values));
  };
  const client = { query, release() {} };

  async function listen(): Promise<pg.Client | null> {
    return persist(async () => {
      if (!patient || pool.ending) return null;
      const listener = openListener();
      await listener.connect();
      return listener;
    });
  }

  type Listening = (error: Error | undefined, client?: pg.Client, release?: () => void) => void;
  function connect(callback?: Listening): Promise<typeof client> | undefined {
    if (!callback) return Promise.resolve(client);
    listen().then(
      (listener) => listener && callback(undefined, listener, () => void listener.end()),
      (error) => callback(error),
    );
    return undefined;
  }

  // graphile-worker checks that the pool has an error listener. connections.ts has one.
  const facade = { query, connect, listeners: () => [() => {}], options: { max: pool.options.max } };
  return {
    pool: facade as unknown as pg.Pool,
    loseHeart() {
      patient = false;
    },
  };
}
