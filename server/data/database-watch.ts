import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { giveUp } from './connections.ts';
import type { Db } from './db.ts';

/** The database's state as /health/ready reports it. The names are stable, because monitoring matches on them. */
export type DatabaseState =
  | 'ok'
  | 'unreachable'
  | 'no_answer'
  | 'starting'
  | 'too_many_connections'
  | 'standby'
  | 'read_only'
  | 'disk_full'
  | 'out_of_memory'
  | 'failing';

export interface DatabaseWatch {
  /**
   * Writes to the database and reports the state. Callers at the same time, or within half a second, share one
   * answer.
   */
  look(): Promise<DatabaseState>;
  close(): Promise<void>;
}

/** Bounds the check so that readiness answers within two seconds, even if the database does not answer. */
const answerWithinMs = 1200;
/** How long one answer is reused, so that frequent readiness checks do not cause more frequent writes. */
const believedMs = 500;

const write = 'update heartbeat set at = clock_timestamp()';
const askStandby = 'select pg_is_in_recovery() as standby';

/** Watches the database over a connection of its own, so that checks do not take one from buyers. */
export function watchDatabase({ db, clock, log }: { db: Db; clock: Clock; log: Log }): DatabaseWatch {
  let client: pg.Client | null = null;
  let looking: Promise<DatabaseState> | null = null;
  let seen: { state: DatabaseState; atMs: number } | null = null;

  async function connected(): Promise<pg.Client> {
    if (client) return client;
    const opened = db.openClient('admit health');
    client = opened;
    const drop = () => {
      if (client === opened) client = null;
    };
    opened.once('error', drop).once('end', drop);
    await opened.connect();
    return opened;
  }

  async function ask(): Promise<DatabaseState> {
    const opened = await connected();
    try {
      await opened.query(write);
      return 'ok';
    } catch (error) {
      const state = stateOf(error);
      if (state !== 'read_only') throw error;
      const { rows } = await opened.query<{ standby: boolean }>(askStandby);
      return rows[0]?.standby ? 'standby' : state;
    }
  }

  async function lookNow(): Promise<DatabaseState> {
    const asked = ask().catch(stateOf);
    const state = await Promise.race([asked, wait(answerWithinMs, 'no_answer' as const, { ref: false })]);
    // The next check uses a new connection. This one may never answer, or may fail for ever.
    if (state !== 'ok' && client) {
      giveUp(client, 'the database is not well');
      client = null;
    }
    if (state !== (seen?.state ?? 'ok'))
      log.warn({ database: state }, 'the state of the database has changed');
    seen = { state, atMs: clock.monotonicMs() };
    return state;
  }

  return {
    look() {
      if (seen && clock.monotonicMs() - seen.atMs < believedMs) return Promise.resolve(seen.state);
      looking ??= lookNow().finally(() => {
        looking = null;
      });
      return looking;
    },
    async close() {
      await looking;
      await client?.end();
    },
  };
}

const states: Record<string, DatabaseState> = {
  '53300': 'too_many_connections',
  '53100': 'disk_full',
  '53200': 'out_of_memory',
  '25006': 'read_only',
  '57P03': 'starting',
  '57P01': 'unreachable',
  '57P02': 'unreachable',
  '57014': 'no_answer',
};

/** Derives the database's state from an error. */
export function stateOf(error: unknown): DatabaseState {
  const { code = '', message } = error as Error & { code?: string };
  if (code === '' && /timeout/.test(message)) return 'no_answer';
  // Without a code, or with one of the system's: there is no connection.
  return states[code] ?? (/^[0-9A-Z]{5}$/.test(code) && !code.startsWith('08') ? 'failing' : 'unreachable');
}
