import type { Socket } from 'node:net';
import pg from 'pg';

/**
 * The one place that opens connections to PostgreSQL. Each comes with a listener for its loss, from its first
 * instant to its last, whoever has it: an 'error' that nobody listens to ends the process.
 */
export interface ConnectionOptions {
  connectionString: string;
  /** What PostgreSQL shows in pg_stat_activity, and what metrics and logs call it. */
  name: string;
  /** Without them a statement may take for ever: for tools and tests. */
  deadlines?: Deadlines | undefined;
  /** Called for each connection that was lost or given up. */
  onLost?: (error: Error) => void;
}

/** How long the database may take. docs/operations.md says what follows when it takes longer. */
export interface Deadlines {
  /** Until there is a connection: one of the pool that comes free, or a new one. */
  connectMs: number;
  /** For one statement. PostgreSQL ends it then. */
  statementMs: number;
  /** For one transaction, whatever it waits for. */
  transactionMs: number;
}

export interface Pool {
  pool: pg.Pool;
  /** Ends the pool's connections; those of a database that does not answer are closed without a goodbye. */
  close(): Promise<void>;
}

/** The database did not answer in time, and the connection is closed. What it was doing may yet be done. */
export class DeadlinePassed extends Error {
  /** connection_failure, in PostgreSQL's own list of codes. */
  readonly code = '08006';
}

/** PostgreSQL itself ends a statement that is too slow; when it has not done so by then, it does not answer at all. */
const graceMs = 2000;
/** How long a pool may take to say goodbye. */
const goodbyeMs = 5000;

export function openPool(options: ConnectionOptions & { max: number; pipeline?: boolean }): Pool {
  const { deadlines, name } = options;
  const clients = new Set<pg.Client>();
  // The pool ends before its connections do: a database that stops meanwhile says nothing new.
  let closing = false;
  const onLost = (error: Error) => {
    if (!closing) options.onLost?.(error);
  };
  const pool = new pg.Pool({
    ...settingsOf(options),
    Client: Connection,
    max: options.max,
    pipeline: options.pipeline ?? false,
    connectionTimeoutMillis: deadlines?.connectMs ?? 10_000,
  });
  // An idle connection that the server drops: the pool opens another.
  pool.on('error', () => {});
  pool.on('connect', (client) => {
    clients.add(client);
    client.once('error', onLost);
  });
  pool.on('remove', (client) => clients.delete(client));
  const stopWatching = deadlines ? watch(clients, deadlines, name) : () => {};
  return {
    pool,
    async close() {
      closing = true;
      const impatience = setTimeout(() => {
        for (const client of clients) giveUp(client, `the connection of ${name} takes too long to end`);
      }, goodbyeMs);
      await pool.end();
      clearTimeout(impatience);
      stopWatching();
    },
  };
}

/** A connection of its own, for whoever listens or must not wait for the others. It is not connected yet. */
export function openClient(
  options: ConnectionOptions & { pipeline?: boolean; queryTimeoutMs?: number },
): pg.Client {
  const { deadlines, name, queryTimeoutMs } = options;
  const client = new Connection({
    ...settingsOf(options),
    pipeline: options.pipeline ?? false,
    ...(queryTimeoutMs && { query_timeout: queryTimeoutMs }),
    connectionTimeoutMillis: deadlines?.connectMs ?? 10_000,
  });
  if (options.onLost) client.once('error', options.onLost);
  if (deadlines) client.once('end', watch([client], deadlines, name));
  return client;
}

const settingsOf = ({ connectionString, name, deadlines }: ConnectionOptions) => ({
  connectionString,
  application_name: name,
  // The system asks a silent machine whether it is still there.
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  ...(deadlines && {
    statement_timeout: deadlines.statementMs,
    // A process that was stopped in the middle of a transaction must not keep its locks.
    idle_in_transaction_session_timeout: deadlines.transactionMs,
  }),
});

/** Errors of connections that did not come about. */
const ofConnecting = new WeakSet<Error>();
export const isOfConnecting = (error: Error): boolean => ofConnecting.has(error);

class Connection extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => {});
  }

  override connect(): Promise<pg.Client>;
  override connect(callback: (error: Error) => void): void;
  override connect(callback?: (error: Error) => void): Promise<pg.Client> | undefined {
    const note = (error: Error | null) => {
      if (error) ofConnecting.add(error);
      return error as Error;
    };
    if (!callback) return super.connect().catch((error) => Promise.reject(note(error)));
    super.connect((error: Error | null) => callback(note(error)));
    return undefined;
  }
}

/** What `pg` knows of a connection and does not declare. */
interface Inside {
  /** False while PostgreSQL owes an answer. */
  readyForQuery: boolean;
  /** How often the pool has lent it. */
  _poolUseCount?: number;
}

const tickMs = 500;

/** What was seen of a connection at the last look, and for how many looks nothing of it has changed. */
interface Seen {
  bytes: number;
  silent: number;
  uses: number;
  open: number;
}

/**
 * Closes connections of which nothing is heard, or whose transaction never ends. A statement has no timer of its
 * own: every half second each connection is looked at. Looks are counted instead of milliseconds, so that a
 * process that was stopped itself first reads what has come meanwhile.
 */
function watch(clients: Iterable<pg.Client>, deadlines: Deadlines, name: string): () => void {
  const seen = new WeakMap<pg.Client, Seen>();
  const silentMost = Math.ceil((deadlines.statementMs + graceMs) / tickMs);
  const openMost = Math.ceil(deadlines.transactionMs / tickMs);
  const timer = setInterval(() => {
    for (const client of clients) {
      const now = look(client, seen.get(client));
      seen.set(client, now);
      if (now.silent > silentMost) giveUp(client, `PostgreSQL did not answer ${name} in time`);
      else if (now.open > openMost) giveUp(client, `a transaction of ${name} took too long`);
    }
  }, tickMs).unref();
  return () => clearInterval(timer);
}

function look(client: pg.Client, before: Seen | undefined): Seen {
  const { readyForQuery, _poolUseCount: uses = 0 } = client as unknown as Inside;
  const { bytesRead: bytes } = socketOf(client);
  const owesAnswer = readyForQuery === false;
  const status = client.getTransactionStatus();
  const inTransaction = status === 'T' || status === 'E';
  return {
    bytes,
    uses,
    silent: owesAnswer && before?.bytes === bytes ? before.silent + 1 : 0,
    open: inTransaction && before?.uses === uses ? before.open + 1 : 0,
  };
}

const socketOf = (client: pg.Client) =>
  (client as unknown as { connection: { stream: Socket } }).connection.stream;

/** Closes a connection without a word. Whoever waits for its answer is told why. */
export const giveUp = (client: pg.Client, why: string): void =>
  void socketOf(client).destroy(new DeadlinePassed(why));
