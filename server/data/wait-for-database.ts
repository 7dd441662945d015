import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { StartError } from '../start-error.ts';
import { type Deadlines, openClient } from './connections.ts';
import { isAway } from './database-trouble.ts';
import { type DatabaseState, stateOf } from './database-watch.ts';

/**
 * Lets a starting process wait for its database instead of ending. A process often starts together with its database,
 * or in the middle of a failover.
 */
interface DatabaseWait {
  /** Throws unless the database answers and accepts writes. */
  look(): Promise<void>;
  /**
   * Handles the error of a failed start. If the database is the cause and may come back, it logs the reason and
   * pauses. It throws a StartError if waiting is useless or has lasted too long, and the original error if the
   * database is fine.
   */
  pauseAfter(error: unknown): Promise<void>;
}

interface DatabaseWaitOptions {
  connectionString: string;
  deadlines: Deadlines;
  /** The start fails after this long; undefined waits without end. */
  patienceMs: number | undefined;
  clock: Clock;
  log: Log;
  /** Called before each pause with the database's state. */
  onAway(state: DatabaseState): void | Promise<void>;
  signal?: AbortSignal | undefined;
}

const pausesMs = [250, 500, 1000, 2000, 5000];

/** The server accepts connections but no writes. */
class TakesNoWrites extends Error {
  readonly state: DatabaseState;

  constructor(state: 'standby' | 'read_only') {
    super(state);
    this.state = state;
  }
}

const askState = `
  select pg_is_in_recovery() as standby, current_setting('transaction_read_only') = 'on' as readonly,
    (select setting::int from pg_settings where name = 'statement_timeout') as "statementMs"`;

export function createDatabaseWait(options: DatabaseWaitOptions): DatabaseWait {
  const { connectionString, deadlines, patienceMs, clock, log, onAway, signal } = options;
  const place = placeOf(connectionString);
  let sinceMs: number | null = null;
  let tries = 0;

  async function look(): Promise<void> {
    const queryTimeoutMs = deadlines.statementMs;
    const client = openClient({ connectionString, name: 'admit start', deadlines, queryTimeoutMs });
    try {
      await client.connect();
      const { rows } = await client.query<{ standby: boolean; readonly: boolean; statementMs: number }>(
        askState,
      );
      if (rows[0]?.standby) throw new TakesNoWrites('standby');
      if (rows[0]?.readonly) throw new TakesNoWrites('read_only');
      if (rows[0]?.statementMs !== deadlines.statementMs)
        log.warn(
          { code: 'deadlines_not_passed_on', statementMs: rows[0]?.statementMs },
          `${place.name} has another statement_timeout than DATABASE_STATEMENT_SECONDS, because a pooler does not pass it on.`,
        );
    } finally {
      void client.end().catch(() => {});
    }
  }

  return {
    look,
    async pauseAfter(failure) {
      signal?.throwIfAborted();
      const error = (await causeOf(failure, look)) as Error;
      const refusal = refusalOf(error, place);
      if (refusal) throw new StartError(refusal, { cause: error });
      const state = error instanceof TakesNoWrites ? error.state : stateOf(error);
      const reason = reasonOf(state, error);
      const nowMs = clock.monotonicMs();
      sinceMs ??= nowMs;
      if (patienceMs !== undefined && nowMs - sinceMs >= patienceMs)
        throw new StartError(
          `${place.name} was not ready within DATABASE_WAIT_SECONDS=${patienceMs / 1000}: ${reason}.`,
        );
      const left = patienceMs === undefined ? Number.POSITIVE_INFINITY : patienceMs - (nowMs - sinceMs);
      const pauseMs = Math.min(pausesMs[tries] ?? 5000, left);
      tries++;
      log.warn(
        { database: state, tries },
        `${place.name} is not ready: ${reason}. Try ${tries} failed, the next is in ${pauseMs / 1000} s.`,
      );
      await onAway(state);
      await wait(pauseMs, undefined, { signal });
    },
  };
}

/**
 * Finds the error that says what is wrong with the database. A start may fail with an error that hides it
 * (better-auth's errors do), so this asks the database again. If the database is fine, the start failed for another
 * reason.
 */
async function causeOf(failure: unknown, look: () => Promise<void>): Promise<unknown> {
  if (failure instanceof StartError) throw failure;
  const known = [failure, (failure as Error).cause].find((error) => isAway(error) || isRefusal(error));
  if (known) return known;
  if (failure instanceof TakesNoWrites) return failure;
  return look().then(
    () => Promise.reject(failure),
    (error) =>
      isAway(error) || isRefusal(error) || error instanceof TakesNoWrites ? error : Promise.reject(failure),
  );
}

interface Place {
  /** The database's name for people, never with the password. */
  name: string;
  user: string;
  database: string;
}

function placeOf(connectionString: string): Place {
  const url = new URL(connectionString);
  const host = decodeURIComponent(url.hostname) || url.searchParams.get('host') || 'localhost';
  return {
    name: `PostgreSQL at ${host}${host.startsWith('/') ? '' : `:${url.port || 5432}`}`,
    user: decodeURIComponent(url.username),
    database: decodeURIComponent(url.pathname.slice(1)),
  };
}

const ofTls = /^(DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|CERT_|ERR_TLS|ERR_SSL|EPROTO)/;
const ofLogin = /^SASL|server does not support SSL|password must be a string/;
const codeOf = (error: unknown): string => String((error as { code?: unknown })?.code ?? '');

/** Errors that last until a person acts: login (28...), name of the database (3D000), encryption. */
const isRefusal = (error: unknown): boolean =>
  error instanceof Error &&
  (/^(28...|3D000)$/.test(codeOf(error)) || ofTls.test(codeOf(error)) || ofLogin.test(error.message));

function refusalOf(error: Error, { name, user, database }: Place): string | null {
  if (!isRefusal(error)) return null;
  const check = 'Admit does not wait for that to change by itself: check DATABASE_URL.';
  const code = codeOf(error);
  if (code === '3D000')
    return `${name} has no database "${database}". Create it (createdb ${database}), or check DATABASE_URL.`;
  if (ofTls.test(code) || /SSL/.test(error.message))
    return `${name} can't be reached with the encryption that DATABASE_URL asks for: ${error.message}. ${check}`;
  return `${name} lets user "${user}" not in: ${error.message}. ${check}`;
}

function reasonOf(state: DatabaseState, error: Error): string {
  const ofSocket: Record<string, string> = {
    ECONNREFUSED: 'nothing takes connections there',
    ENOENT: 'nothing takes connections there',
    ENOTFOUND: 'nobody knows this name',
    EAI_AGAIN: 'its name could not be looked up',
  };
  const reasons: Partial<Record<DatabaseState, string>> = {
    no_answer: 'it does not answer',
    starting: 'it is starting, stopping or recovering',
    too_many_connections: 'it takes no more connections',
    standby: 'it is a standby, which takes no writes',
    read_only: 'it takes no writes (default_transaction_read_only)',
    disk_full: 'its disk is full',
    out_of_memory: 'it is out of memory',
  };
  return ofSocket[codeOf(error)] ?? reasons[state] ?? error.message;
}
