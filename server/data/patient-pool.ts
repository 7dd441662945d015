import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { isDatabaseUnavailable } from './database-trouble.ts';

/**
 * The pool that graphile-worker is given. It gives its own pool of workers up when a job that is done cannot be
 * noted, and what it does not wait for ends the process. So it never hears that the database is away: each of its
 * statements is asked again until it is answered. All of them may be asked twice. What is done is deleted by its
 * id, what failed is given back by the name of who had it, a time of the timetable is entered once, and jobs whose
 * fetch was not heard are given back by takeUnheard (workers.ts).
 */
export interface PatientPool {
  pool: pg.Pool;
  /** From now on a statement that fails has failed. */
  loseHeart(): void;
}

export interface PatientPoolOptions {
  pool: pg.Pool;
  /** Opens the connection on which graphile-worker hears of new jobs. */
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

  // It asks one thing at a time and holds nothing in between, so each may go over another connection. Its migrations
  // would need one for themselves: ours have run them by now (migrate.ts).
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

  // It looks whether somebody listens for errors, which connections.ts does.
  const facade = { query, connect, listeners: () => [() => {}], options: { max: pool.options.max } };
  return {
    pool: facade as unknown as pg.Pool,
    loseHeart() {
      patient = false;
    },
  };
}
